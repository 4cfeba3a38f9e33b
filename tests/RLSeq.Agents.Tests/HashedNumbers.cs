namespace RLSeq.Agents.Tests;

/// <summary>Numbers from an integer hash, the same as in <c>reference/memories.py</c>.</summary>
internal static class HashedNumbers
{
    public static float[] Of(string name, int count, float scale)
    {
        uint salt = 0;
        unchecked
        {
            foreach (char c in name) salt = (salt * 31) + c;
            return [.. Enumerable.Range(0, count).Select(k => (float)(((Mix(((uint)k * 2654435761u) + salt) / 2147483648.0) - 1) * scale))];
        }
    }

    /// <summary>Inputs of a row, in [−1, 1): every third is that of two steps before but for some 2 %, which a memory may take for the same.</summary>
    public static float[] WithNearDuplicates(int row, int t, int count)
    {
        float[] own = Of($"row {row}, step {t}", count, 1);
        return t % 3 == 2 ? [.. WithNearDuplicates(row, t - 2, count).Zip(own, (before, noise) => before + (0.02f * noise))] : own;
    }

    private static uint Mix(uint x)
    {
        unchecked
        {
            x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
            x = (x ^ (x >> 13)) * 0xC2B2AE35u;
            return x ^ (x >> 16);
        }
    }
}
