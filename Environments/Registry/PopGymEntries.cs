namespace RLSeq.Environments;

/// <summary>
/// The tasks of POPGym (Morad et al. 2023) but the labyrinths, which can be solved without memory, as its authors say: cards, games and
/// control.
/// </summary>
internal static class PopGymEntries
{
    public static IEnumerable<EnvironmentEntry> All => [.. PopGymCardEntries.All, .. PopGymGameEntries.All, .. PopGymControlEntries.All];
}
