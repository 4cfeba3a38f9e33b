namespace RLSeq.Environments;

/// <summary>Finds the names that somebody who mistyped one may have meant.</summary>
public static class NearestNames
{
    private const int MostSuggestions = 3;

    /// <summary>
    /// The up to three known names with the smallest edit distance (Levenshtein's, two exchanged neighbours counting as one edit; upper and lower
    /// case are the same), nearest first. A name is suggested when the given one is its beginning, or when fewer than half of the letters differ.
    /// </summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names that exist.</param>
    public static IReadOnlyList<string> Of(string given, IEnumerable<string> known) =>
        [.. known.Select(name => (name, distance: Distance(given, name)))
            .Where(pair => 2 * pair.distance < Math.Max(given.Length, pair.name.Length) || IsBeginning(given, pair.name))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Take(MostSuggestions)
            .Select(pair => pair.name)];

    private static bool IsBeginning(string given, string name) => given.Length > 0 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase);

    /// <summary>The least number of letters to insert, delete, replace or exchange with their neighbour, none of them twice.</summary>
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1]; // from the first letters of one to the first letters of the other
        for (int i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = edits[i - 1, j - 1] + (Same(i - 1, j - 1) ? 0 : 1);
                edits[i, j] = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1)) edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }
        return edits[a.Length, b.Length];

        bool Same(int i, int j) => char.ToUpperInvariant(a[i]) == char.ToUpperInvariant(b[j]);
    }
}
