using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>Three entries of one task, one for each difficulty; the difficulty ends the name.</summary>
internal static class EnvironmentLevels
{
    private static readonly Difficulty[] All = [Difficulty.Easy, Difficulty.Medium, Difficulty.Hard];

    /// <summary>Makes the entries.</summary>
    /// <param name="create">Makes an entry, named without the difficulty.</param>
    public static IEnumerable<EnvironmentEntry> Of(Func<Difficulty, EnvironmentEntry> create) =>
        All.Select(create).Zip(All, (entry, level) => entry with { Name = $"{entry.Name}{level}" });

    /// <summary>The value that belongs to a difficulty.</summary>
    public static T Pick<T>(Difficulty level, T easy, T medium, T hard) => level switch
    {
        Difficulty.Easy => easy,
        Difficulty.Medium => medium,
        _ => hard,
    };
}
