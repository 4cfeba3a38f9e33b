namespace RLSeq.Environments;

/// <summary>Finds the names that somebody who mistyped one may have meant.</summary>
public static class NearestNames
{
    private const int MostSuggestions = 3;

    /// <summary>
    /// The up to three known names with the smallest edit distance (Levenshtein; upper and lower case are the same), nearest first. A
    /// name is suggested when the given one is its beginning, or when fewer than half of the letters differ.
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

    /// <summary>The least number of letters to insert, delete or replace.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
