namespace RLSeq.Agents;

/// <summary>
/// How <c>hcam</c> divides an episode: chunks of C steps counted from the episode's beginning. Learning and acting both reckon with it.
/// </summary>
/// <param name="Context">How many steps before the present one can be seen, M, 0 or more.</param>
/// <param name="Chunk">The steps of a chunk, C, 1 to M + 1.</param>
/// <param name="Top">How many closed chunks a query looks into, k, at least 1.</param>
public readonly record struct ChunkGrid(int Context, int Chunk, int Top)
{
    /// <summary>The longest chunk that <see cref="For"/> gives.</summary>
    private const int LongestChunk = 32;

    /// <summary>The most chunks that <see cref="For"/> lets a query look into.</summary>
    private const int MostChosen = 4;

    /// <summary>The most closed chunks that can be seen at a step, A = ⌊M/C⌋: a chunk is seen as long as all of its steps are among the last M.</summary>
    public int Held => Context / Chunk;

    /// <summary>The chunks that a ring needs room for, so that none of the last M + 1 steps is written over: the present one, and those of M steps wherever they begin.</summary>
    public int Slots => ((Context + Chunk - 1) / Chunk) + 1;

    /// <summary>
    /// Positions of steps in the episode are counted up to here, exclusively; then they go back by C. All that is seen from the last C positions
    /// is neither among the first A chunks of the episode nor cut off by its beginning, so that nothing tells them from those C before.
    /// </summary>
    public int Positions => checked((Slots + Held + 1) * Chunk);

    /// <summary>
    /// The grid of a context. What a query works on is M/C summaries and (k + 1)·C items; the chunks grow with the root of M until they have
    /// 32 steps, and a query looks into 4 of them, or into half of all where there are fewer than 8.
    /// </summary>
    /// <param name="context">M.</param>
    public static ChunkGrid For(int context)
    {
        int chunk = Math.Min(Math.Max((int)Math.Sqrt(context), 1), LongestChunk);
        return new ChunkGrid(context, chunk, Math.Min(Math.Max(context / chunk / 2, 1), MostChosen));
    }

    /// <summary>The position that stands for a number of steps.</summary>
    /// <param name="steps">Steps of the episode, or a position and steps after it.</param>
    public int Fold(long steps) => (int)(steps < Positions ? steps : Positions - Chunk + ((steps - Positions) % Chunk));

    /// <summary>The closed chunks that are seen from a position.</summary>
    /// <param name="position">The position.</param>
    public int Visible(int position) => Math.Min(position / Chunk, Math.Max(0, Context - (position % Chunk)) / Chunk);

    /// <summary>The items that a query attends to: its own chunk's up to itself, and those of the chosen chunks.</summary>
    /// <param name="position">The position.</param>
    public long Attended(int position) => (position % Chunk) + 1L + (Math.Min(Top, Visible(position)) * (long)Chunk);

    /// <summary>Refuses a state whose position no episode leads to.</summary>
    /// <param name="position">The number.</param>
    /// <exception cref="ArgumentException">It is no whole number, or out of range.</exception>
    public void CheckPosition(float position)
    {
        if (!(position >= 0 && position < Positions) || position != MathF.Floor(position))
            throw new ArgumentException($"The state's position is {position}; expected a whole number from 0 to {Positions - 1}.", nameof(position));
    }
}
