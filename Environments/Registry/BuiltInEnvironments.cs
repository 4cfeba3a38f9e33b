namespace RLSeq.Environments;

/// <summary>The environments that come with the library, family by family, each followed by its full-state twin where it has one.</summary>
internal static class BuiltInEnvironments
{
    public static IEnumerable<EnvironmentEntry> Entries => FullStateTwins.Beside(Tasks);

    private static IEnumerable<EnvironmentEntry> Tasks =>
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
