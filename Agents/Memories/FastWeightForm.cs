namespace RLSeq.Agents;

/// <summary>
/// What a memory with fast weights has and does not have. Every form is a memory of its own name; learning and acting both read it here,
/// so that the name in a policy file says all of it.
/// </summary>
/// <param name="Name">The memory's name, which is also the kind in a policy file.</param>
public sealed record FastWeightForm(string Name)
{
    /// <summary>How many steps the short convolution sees: the present one and three before it, as in the published delta nets.</summary>
    public const int Taps = 4;

    /// <summary>The delta rule with a factor of forgetting (Gated DeltaNet, Yang, Kautz and Hatamizadeh 2024).</summary>
    public static FastWeightForm GatedDeltaNet { get; } = new("gated-delta-net") { Forgets = true };

    /// <summary>The delta rule alone (DeltaNet, Schlag, Irie and Schmidhuber 2021; Yang et al. 2024).</summary>
    public static FastWeightForm DeltaNet { get; } = new("delta-net");

    /// <summary>Linear attention (Katharopoulos et al. 2020): nothing is forgotten or corrected, and what is read is a weighted mean of all values.</summary>
    public static FastWeightForm LinearAttention { get; } = new("linear-attention") { Averages = true };

    /// <summary>All forms.</summary>
    public static IReadOnlyList<FastWeightForm> All { get; } = [GatedDeltaNet, DeltaNet, LinearAttention];

    /// <summary>Whether S is multiplied before every step by a factor between 0 and 1 that the input gives, one per head.</summary>
    public bool Forgets { get; init; }

    /// <summary>
    /// Whether keys and queries have positive features 1 + ELU, whose products are the weights of a mean over all values of the episode, and
    /// the state holds the sum of the keys to divide by. Otherwise keys and queries have the length 1, a value is written less what its key
    /// recalls, and what is read is brought to one size per head.
    /// </summary>
    public bool Averages { get; init; }

    /// <summary>Whether a value replaces what its key recalls, as far as a strength between 0 and 1 that the input gives says, one per head.</summary>
    public bool Corrects => !Averages;

    /// <summary>Whether queries, keys and values see the last steps through a short convolution per unit, with SiLU behind it.</summary>
    public bool Convolves => !Averages;

    /// <summary>Whether what a head read is divided by its root mean square.</summary>
    public bool NormalizesReads => !Averages;

    /// <summary>The numbers per head that the projection gives beside query, key, value and output gate: strength and forgetting.</summary>
    public int Gates => (Corrects ? 1 : 0) + (Forgets ? 1 : 0);

    /// <summary>The outputs of the projection: query, key, value and output gate of D each, then the strengths and the forgetting of H heads each.</summary>
    /// <param name="hidden">D.</param>
    /// <param name="heads">H.</param>
    public int Projected(int hidden, int heads) => checked((4 * hidden) + (Gates * heads));

    /// <summary>The canonical state of one row: S, then the sum of the keys, or the last three inputs of the convolution, oldest first, where the form has them.</summary>
    /// <param name="hidden">D.</param>
    /// <param name="heads">H, which divides D.</param>
    public MemoryLayout Layout(int hidden, int heads)
    {
        int size = hidden / heads;
        var weights = new MemoryBlock("S", [heads, size, size]);
        return Averages
            ? new MemoryLayout(weights, new MemoryBlock("z", [heads, size]))
            : new MemoryLayout(weights, new MemoryBlock("recent", [Taps - 1, 3 * hidden]));
    }

    /// <summary>The floats of one row's state.</summary>
    /// <param name="hidden">D.</param>
    /// <param name="heads">H, which divides D.</param>
    public long StateSize(int hidden, int heads) => ((long)hidden * (hidden / heads)) + (Averages ? hidden : (Taps - 1) * 3L * hidden);
}
