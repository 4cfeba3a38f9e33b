namespace RLSeq.Environments;

/// <summary>The checks that the spaces share.</summary>
internal static class SpaceGuard
{
    /// <summary>Floats hold every integer up to this one exactly.</summary>
    private const int LargestCount = 1 << 24;

    public static int Count(int count, string parameter)
    {
        if (count is < 1 or > LargestCount)
            throw new ArgumentOutOfRangeException(parameter, count, $"A discrete space needs 1 to {LargestCount} values.");
        return count;
    }

    public static bool IsIndex(float value, int count) => value >= 0 && value < count && value == (int)value;
}
