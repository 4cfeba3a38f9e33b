namespace RLSeq.Environments;

/// <summary>The environments that come with the library, family by family, each followed by its full-state twin where it has one.</summary>
internal static class BuiltInEnvironments
{
    public static IEnumerable<EnvironmentEntry> Entries => FullStateTwins.Beside(Tasks);

    private static IEnumerable<EnvironmentEntry> Tasks =>
    [
        .. ClassicControlEntries.All,
        .. PopGymEntries.All,
    ];
}
