using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// bsuite's memory chain (Osband et al. 2020): some bits are shown at the beginning, one of them is asked for at the end. Answering
/// with it (action 0 for -1, 1 for +1) earns 1, the other answer -1; no other step counts. Without memory the best return is 0.
/// </summary>
/// <remarks>
/// <para>The observation is [time left from 1 to 0, the index of the queried bit, the bits as -1 or 1]; the query is shown only in the
/// observation that is to be answered, the bits only at the beginning; both are 0 otherwise. An episode of length M takes M + 1 steps.</para>
/// <para>As in the original, the observation of step k shows time k - 1, so the first one is shown twice; the bits were last seen
/// M - 1 steps before the answer, and with M = 1 they stand beside the query. bsuite's "memory length" has one bit and length M, its
/// "memory size" has length 2 and b bits.</para>
/// </remarks>
public sealed class MemoryChain : SaveableEnvironment, ITextRenderable, IFullState
{
    private readonly int _length;
    private readonly byte[] _bits;
    private int _query;

    /// <summary>Makes the task.</summary>
    /// <param name="length">M, at least 1.</param>
    /// <param name="bits">The number of bits, at least 1.</param>
    /// <param name="name">The name for messages; without one it is made of both numbers.</param>
    public MemoryChain(int length, int bits = 1, string? name = null)
        : base(Observations(bits), Space.Discrete(2), name ?? $"MemoryChain{length}x{bits}")
    {
        if (length < 1) throw new ArgumentOutOfRangeException(nameof(length), length, "A memory chain needs a length of at least 1.");
        (_length, _bits) = (length, new byte[bits]);
    }

    /// <summary>The time left and the queried bit as -1 or 1, always shown.</summary>
    public Space FullStateSpace { get; } = Space.Box(-1, 1, 2);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        state[1] = Sign(_bits[_query]);
        state[0] = TimeLeft;
    }

    private int Time => Math.Max(0, Steps - 1);

    private float TimeLeft => Math.Max(0, 1 - ((float)Time / _length));

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of {_length + 1}, the answer is {_bits[_query]}");
        foreach (byte bit in _bits) output.Write((char)('0' + bit));
        output.WriteLine();
        output.WriteLine(new string(' ', _query) + "^");
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        foreach (ref byte bit in _bits.AsSpan()) bit = (byte)Random.NextInt(2);
        _query = Random.NextInt(_bits.Length);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        Observe(observation);
        bool last = Steps > _length;
        return new(!last ? 0 : Discrete(action) == _bits[_query] ? 1 : -1, Terminated: last, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(2);
        SavedNumbers.WriteAll(ref writer, _bits);
        writer.Write(_query);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 2, Name);
        SavedNumbers.ReadAll(ref reader, _bits, 2, Name);
        _query = SavedNumbers.Read(ref reader, 0, _bits.Length - 1, Name);
    }

    private static TupleSpace Observations(int bits)
    {
        if (bits < 1) throw new ArgumentOutOfRangeException(nameof(bits), bits, "A memory chain needs at least one bit.");
        return Space.Tuple(Space.Box(0, 1, 1), Space.Box(0, Math.Max(1, bits - 1), 1), Space.Box(-1, 1, bits));
    }

    private static float Sign(byte bit) => (2 * bit) - 1;

    private void Observe(Span<float> observation)
    {
        for (int i = _bits.Length - 1; i >= 0; i--) observation[2 + i] = Time == 0 ? Sign(_bits[i]) : 0;
        observation[1] = Time == _length - 1 ? _query : 0;
        observation[0] = TimeLeft;
    }
}
