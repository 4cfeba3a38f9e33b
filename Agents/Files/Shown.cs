namespace RLSeq.Agents;

/// <summary>Makes text from a file fit to be shown in a one-line message.</summary>
internal static class Shown
{
    private const int Longest = 40;

    /// <summary>The text, shortened, without control characters.</summary>
    /// <param name="text">Text of unknown origin.</param>
    public static string Text(string text)
    {
        char[] shown = [.. text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)];
        return text.Length > Longest ? new string(shown) + "…" : new string(shown);
    }

    /// <summary>A shape as <c>[4, 8]</c>.</summary>
    /// <param name="shape">The dimensions.</param>
    public static string Shape(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
