namespace RLSeq.Agents;

/// <summary>
/// How formats of fewer bits are interleaved: 32 neighbouring outputs are one group of 16 words of 32 bits, and word w of a group
/// holds numbers of the outputs w and w + 16. One load then gives two vectors of neighbouring outputs, by a shift and a mask, which
/// is twice as fast as widening half a vector at a time.
/// </summary>
internal static class Words
{
    /// <summary>The outputs of one group.</summary>
    public const int Group = 32;

    /// <summary>Rounds a number of outputs up to whole groups.</summary>
    /// <param name="outputs">The outputs.</param>
    public static int RoundUp(int outputs) => checked(outputs + Group - 1) / Group * Group;

    /// <summary>The word that holds an output.</summary>
    /// <param name="output">The output.</param>
    public static int Of(int output) => (output / Group * (Group / 2)) + (output % (Group / 2));

    /// <summary>Whether an output stands in the upper half of its word: 1 or 0.</summary>
    /// <param name="output">The output.</param>
    public static int Upper(int output) => output % Group / (Group / 2);

    /// <summary>The output in the lower half of a word.</summary>
    /// <param name="word">The word.</param>
    public static int Output(int word) => (word / (Group / 2) * Group) + (word % (Group / 2));
}
