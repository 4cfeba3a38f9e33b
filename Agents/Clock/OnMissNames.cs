using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>The words for <see cref="OnMiss"/> in command lines, configurations and records.</summary>
public static class OnMissNames
{
    private static readonly (string Name, OnMiss Rule)[] Words = [("repeat-last", OnMiss.RepeatLast), ("no-op", OnMiss.NoOp), ("apply-late", OnMiss.ApplyLate)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Select(word => word.Name)];

    /// <summary>The word for a rule.</summary>
    /// <param name="rule">The rule.</param>
    public static string NameOf(OnMiss rule) => Words.First(word => word.Rule == rule).Name;

    /// <summary>The rule that a word names.</summary>
    /// <param name="name">The word.</param>
    /// <exception cref="UserInputException">It names none.</exception>
    public static OnMiss Parse(string name)
    {
        foreach ((string word, OnMiss rule) in Words)
            if (string.Equals(word, name, StringComparison.OrdinalIgnoreCase)) return rule;
        throw new UserInputException($"What happens on a miss is one of {string.Join(", ", All)}; given: {name}.");
    }
}
