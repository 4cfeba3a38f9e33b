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
