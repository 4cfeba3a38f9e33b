namespace RLSeq.Environments;

/// <summary>The environments that come with the library, family by family.</summary>
internal static class BuiltInEnvironments
{
    public static IEnumerable<EnvironmentEntry> Entries =>
    [
        .. ClassicControlEntries.All,
        .. PopGymEntries.All,
        .. DiagnosticEntries.All,
        .. GridEntries.All,
        .. GameEntries.All,
    ];

    /// <summary>The tasks of which any number works by name.</summary>
    public static IReadOnlyList<EnvironmentFamily> Families { get; } = [.. DiagnosticFamilies.All];
}
