using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Changes bytes without knowing what they mean, as a bad disk or a bad download would: other values, flipped bits, bytes lost, added or cut off.</summary>
internal static class ByteMutator
{
    private const int Front = 600; // half of the changes fall where headers are dense

    public static byte[] Mutate(byte[] bytes, ref RandomSource random)
    {
        byte[] mutated = [.. bytes];
        for (int changes = 1 + random.NextInt(4); changes > 0; changes--)
        {
            int at = random.NextInt(2) == 0 ? random.NextInt(mutated.Length) : random.NextInt(Math.Min(Front, mutated.Length));
            switch (random.NextInt(9))
            {
                case 0 or 1: mutated[at] = (byte)random.NextInt(256); break;
                case 2 or 3: mutated[at] ^= (byte)(1 << random.NextInt(8)); break;
                case 4 or 5: mutated = [.. mutated[..at], .. mutated[Math.Min(mutated.Length, at + 1 + random.NextInt(8))..], 0]; break;
                case 6 or 7: mutated = [.. mutated[..at], (byte)random.NextInt(256), .. mutated[at..]]; break;
                default: mutated = mutated[..Math.Max(1, at)]; break;
            }
        }
        return mutated;
    }
}
