namespace RLSeq.Environments.Tests;

// The expected numbers come from this script, written from the papers' definitions:
//
// M = (1 << 64) - 1
// def splitmix(s):
//     s = (s + 0x9E3779B97F4A7C15) & M
//     z = s
//     z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
//     z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
//     return s, z ^ (z >> 31)
// def rotl(x, k): return ((x << k) | (x >> (64 - k))) & M
// class Xoshiro:
//     def __init__(self, seed):
//         self.s = []
//         for _ in range(4):
//             seed, z = splitmix(seed); self.s.append(z)
//     def next(self):
//         s = self.s
//         r = rotl(s[1] * 5 & M, 7) * 9 & M
//         t = s[1] << 17 & M
//         s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45)
//         return r
//     def double(self): return (self.next() >> 11) / 2 ** 53
//     def int(self, n):
//         while True:
//             m = (self.next() >> 32) * n
//             if m % 2 ** 32 >= (2 ** 32 - n) % n: return m >> 32
// def derive(seed, stream): return splitmix(splitmix(seed)[1] ^ (stream * 0xD1342543DE82EF95 & M))[1]
// def gauss(g):
//     while True:
//         u, v = 2 * g.double() - 1, 2 * g.double() - 1
//         s = u * u + v * v
//         if 0 < s < 1: return u * math.sqrt(-2 * math.log(s) / s)
public class RandomSourceTests
{
    [Theory]
    [InlineData(0ul, 0x99ec5f36cb75f2b4ul, 0xbf6e1f784956452aul, 0x1a5f849d4933e6e0ul, 0x7aac8c483a2edd2ful)]
    [InlineData(12345ul, 0xbe6a36374160d49bul, 0x214aaa0637a688c6ul, 0xf69d16de9954d388ul, 0x3cbb8486529694b8ul)]
    [InlineData(ulong.MaxValue, 0x8f5520d52a7ead08ul, 0xc476a018caa1802dul, 0x81de31c0d260469eul, 0xc3c93ea5cde434ccul)]
    public void Draws_are_those_of_xoshiro_seeded_by_splitmix(ulong seed, ulong first, ulong second, ulong third, ulong thousandth)
    {
        var random = new RandomSource(seed);
        Assert.Equal(first, random.NextUInt64());
        Assert.Equal(second, random.NextUInt64());
        Assert.Equal(third, random.NextUInt64());
        for (int i = 4; i < 1000; i++) random.NextUInt64();
        Assert.Equal(thousandth, random.NextUInt64());
    }

    [Fact]
    public void Integers_and_doubles_are_the_reference_ones()
    {
        // One generator draws all: Xoshiro(7).
        var random = new RandomSource(7);
        foreach (int expected in (int[])[7, 2, 8, 9, 9, 8, 0, 1, 4, 1, 5, 7]) Assert.Equal(expected, random.NextInt(10));

        // A large bound, where a quarter of the raw draws is rejected.
        int[] large =
        [
            1512309951, 1418709455, 727062241, 903359046, 413441049, 750961342, 252060745, 215341609, 276101595, 1049082730, 1075008634, 452705397,
            1207330688, 65901548, 951026438, 282668397, 772672515, 141047367, 1326263704, 570727356, 1108311362, 1482090824, 1583666849, 1428607710,
        ];
        foreach (int expected in large) Assert.Equal(expected, random.NextInt(3 << 29));
        foreach (double expected in (double[])[0.2157205907412676, 0.5591956747480724]) Assert.Equal(expected, random.NextDouble());
    }

    [Fact]
    public void Gaussians_are_the_reference_ones()
    {
        // [gauss(g) for _ in range(4)] of Xoshiro(3)
        var random = new RandomSource(3);
        foreach (double expected in (double[])[1.3913219288470224, -1.4943977872683454, -1.4107263513178059, -0.9150549276447567])
            Assert.Equal(expected, random.NextGaussian(), 1e-14);
    }

    [Fact]
    public void Derived_seeds_are_the_reference_ones()
    {
        Assert.Equal(0xf602ec30f98a3929ul, RandomSource.Derive(1, 2));
        Assert.Equal(0xd6b838ae84aa0fdeul, RandomSource.Derive(2, 1));
        Assert.Equal(0x855a5f3b533f96eaul, RandomSource.Derive(ulong.MaxValue, 3));
    }

    [Fact]
    public void Seeds_of_rows_and_episodes_do_not_collide()
    {
        HashSet<ulong> seeds = [];
        for (ulong seed = 0; seed < 4; seed++)
            for (int row = 0; row < 100; row++)
                for (int episode = 0; episode < 100; episode++) Assert.True(seeds.Add(VectorEnvironment.EpisodeSeed(seed, row, episode)));
    }

    [Fact]
    public void Shuffling_is_the_reference_one()
    {
        // g = Xoshiro(9); x = list(range(10))
        // for i in range(9, 0, -1): j = g.int(i + 1); x[i], x[j] = x[j], x[i]
        var random = new RandomSource(9);
        int[] items = [.. Enumerable.Range(0, 10)];
        random.Shuffle<int>(items);
        Assert.Equal([4, 9, 7, 8, 3, 6, 5, 1, 2, 0], items);
    }

    [Fact]
    public void Every_order_of_four_items_is_equally_frequent()
    {
        const int Draws = 24_000;
        var random = new RandomSource(10);
        Dictionary<string, int> counts = [];
        for (int i = 0; i < Draws; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(items);
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Chi squared with 23 degrees of freedom: mean 23, standard deviation 6.8.
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(count => Math.Pow(count - (Draws / 24), 2) / (Draws / 24)), 6, 45);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Integers_are_uniform(int bound)
    {
        const int Each = 2000;
        var random = new RandomSource((ulong)bound);
        int[] counts = new int[bound];
        for (int i = 0; i < bound * Each; i++) counts[random.NextInt(bound)]++;
        double degrees = bound - 1, chi = counts.Sum(count => Math.Pow(count - Each, 2) / Each);
        Assert.InRange(chi, 0, degrees + (4 * Math.Sqrt(2 * degrees)));
    }

    [Fact]
    public void A_bound_of_one_gives_zero()
    {
        var random = new RandomSource(1);
        for (int i = 0; i < 100; i++) Assert.Equal(0, random.NextInt(1));
    }

    [Fact]
    public void Doubles_and_Gaussians_have_their_moments()
    {
        const int Draws = 100_000;
        var random = new RandomSource(4);
        double[] uniform = [.. Enumerable.Range(0, Draws).Select(_ => random.NextDouble())];
        double[] gaussian = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGaussian())];
        Assert.All(uniform, x => Assert.InRange(x, 0, BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(1.0) - 1)));

        // Four standard errors: of the mean sd/sqrt(n), of the second moment by its own variance (1/5 - 1/9, and 2).
        double root = Math.Sqrt(Draws);
        Assert.Equal(0.5, uniform.Average(), 4 * Math.Sqrt(1.0 / 12) / root);
        Assert.Equal(1.0 / 3, uniform.Average(x => x * x), 4 * Math.Sqrt((1.0 / 5) - (1.0 / 9)) / root);
        Assert.Equal(0, gaussian.Average(), 4 / root);
        Assert.Equal(1, gaussian.Average(x => x * x), 4 * Math.Sqrt(2) / root);
        Assert.Equal(0.15865525, gaussian.Average(x => x > 1 ? 1.0 : 0), 4 * Math.Sqrt(0.1587 * 0.8413) / root);
    }

    [Fact]
    public void Floats_lie_between_their_bounds_even_far_apart()
    {
        var random = new RandomSource(5);
        for (int i = 0; i < 1000; i++)
        {
            Assert.InRange(random.NextFloat(-2, 3), -2, 3);
            Assert.InRange(random.NextFloat(float.MinValue, float.MaxValue), float.MinValue, float.MaxValue);
        }
    }

    [Fact]
    public void A_saved_state_continues_and_equality_follows_the_state()
    {
        var random = new RandomSource(6);
        random.NextUInt64();
        var copy = new RandomSource(random.State);
        Assert.True(random == copy);
        Assert.Equal(random.NextUInt64(), copy.NextUInt64());
        copy.NextUInt64();
        Assert.True(random != copy);
        Assert.Throws<ArgumentException>(() => new RandomSource((0, 0, 0, 0)));
    }

    /// <summary>Without a seed it draws zeros only; rejection sampling must not wait for something else.</summary>
    [Fact]
    public void A_generator_without_a_seed_is_refused_where_it_would_draw_for_ever()
    {
        RandomSource unseeded = default;
        Assert.Throws<InvalidOperationException>(() => unseeded.NextInt(3));
        Assert.Throws<InvalidOperationException>(() => unseeded.NextGaussian());
    }
}
