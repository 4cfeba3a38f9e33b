using System.Runtime.CompilerServices;

namespace RLSeq.Environments;

/// <summary>
/// The one random generator of an environment: xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. Its whole state is four
/// numbers, so it can be saved; its draws are the same on every machine.
/// </summary>
public struct RandomSource : IEquatable<RandomSource>
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Makes a generator from a seed; every seed gives a good state, 0 included.</summary>
    /// <param name="seed">The seed.</param>
    public RandomSource(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>Restores a generator from the state that <see cref="State"/> gave.</summary>
    /// <param name="state">The four numbers; not all zero.</param>
    public RandomSource((ulong, ulong, ulong, ulong) state)
    {
        (_s0, _s1, _s2, _s3) = state;
        if ((_s0 | _s1 | _s2 | _s3) == 0) throw new ArgumentException("The state of a random generator cannot be all zero.", nameof(state));
    }

    /// <summary>The whole state.</summary>
    public readonly (ulong, ulong, ulong, ulong) State => (_s0, _s1, _s2, _s3);

    /// <summary>Mixes two numbers into a seed: different pairs give unrelated seeds.</summary>
    /// <param name="seed">The seed to derive from.</param>
    /// <param name="stream">Which of its descendants.</param>
    public static ulong Derive(ulong seed, ulong stream)
    {
        ulong mixed = seed;
        ulong first = SplitMix(ref mixed);
        mixed = first ^ (stream * 0xD1342543DE82EF95ul);
        return SplitMix(ref mixed);
    }

    /// <summary>The next 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        ulong result = RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform integer from 0 to <paramref name="bound"/> - 1, without bias (Lemire 2019).</summary>
    /// <param name="bound">The number of values, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt(int bound)
    {
        ulong product = (NextUInt64() >> 32) * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * (uint)bound;
                CheckSeeded();
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>A uniform float between two bounds; rounding can give either bound.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    public float NextFloat(float low, float high) => (float)(low + (NextDouble() * ((double)high - low)));

    /// <summary>Where a draw is rejected: one without a seed would be for ever, since it draws nothing but zeros.</summary>
    private readonly void CheckSeeded()
    {
        if ((_s0 | _s1 | _s2 | _s3) == 0) throw new InvalidOperationException("The random generator has no seed; make it with new RandomSource(seed), at the latest in Reset.");
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15ul;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong RotateLeft(ulong value, int count) => (value << count) | (value >> (64 - count));

    /// <summary>A standard normal number (Marsaglia's polar method; the second of each pair is not kept, so the state stays four numbers).</summary>
    public double NextGaussian()
    {
        while (true)
        {
            double u = (2 * NextDouble()) - 1, v = (2 * NextDouble()) - 1, s = (u * u) + (v * v);
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * PortableMath.Log(s) / s);
            CheckSeeded();
        }
    }

    /// <summary>Shuffles uniformly (Fisher and Yates).</summary>
    /// <param name="items">The items to shuffle in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(RandomSource other) => State == other.State;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is RandomSource other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => State.GetHashCode();

    /// <summary>Whether two generators will draw the same numbers.</summary>
    public static bool operator ==(RandomSource left, RandomSource right) => left.Equals(right);

    /// <summary>Whether two generators will draw different numbers.</summary>
    public static bool operator !=(RandomSource left, RandomSource right) => !left.Equals(right);
}
