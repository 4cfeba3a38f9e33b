namespace RLSeq.Environments.Tests;

public class SpaceTests
{
    private static readonly Space Everything = Space.Tuple(Space.Discrete(3), Space.Box(-1, 2, 2, 2), Space.MultiDiscrete(2, 4), Space.Bytes(2));

    public static TheoryData<string, Space> Spaces => new()
    {
        { "Discrete(5)", Space.Discrete(5) },
        { "MultiDiscrete(2, 3, 7)", Space.MultiDiscrete(2, 3, 7) },
        { "Box(-1.5, 2, 3, 4)", Space.Box(-1.5f, 2, 3, 4) },
        { "Box(-Infinity, Infinity, 2)", Space.Box(float.NegativeInfinity, float.PositiveInfinity, 2) },
        { "Box(0, Infinity, 2)", Space.Box(0, float.PositiveInfinity, 2) },
        { "Bytes(4, 4, 3)", Space.Bytes(4, 4, 3) },
        { "Tuple(Discrete(3), Box(-1, 2, 2, 2), MultiDiscrete(2, 4), Bytes(2))", Everything },
    };

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Samples_lie_within_and_the_text_is_that_of_the_factory(string text, Space space)
    {
        Assert.Equal(text, space.ToString());
        var random = new RandomSource(1);
        float[] value = new float[space.Size];
        for (int i = 0; i < 500; i++)
        {
            space.Sample(ref random, value);
            Assert.True(space.Contains(value));
        }
        Assert.False(space.Contains(new float[space.Size + 1]));
        Assert.False(space.Contains(value.AsSpan(1)));
        value[^1] = float.NaN;
        Assert.False(space.Contains(value));
    }

    /// <summary>An exponential distance has mean 1, standard deviation 1 and median ln 2; 10,000 draws, five standard errors.</summary>
    [Theory]
    [InlineData(5, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, -3)]
    public void A_box_with_one_bound_is_sampled_at_exponential_distances_from_it(float low, float high)
    {
        var random = new RandomSource(3);
        Space space = Space.Box(low, high, 1);
        float[] value = new float[1];
        double sum = 0;
        int near = 0;
        for (int i = 0; i < 10_000; i++)
        {
            space.Sample(ref random, value);
            Assert.True(space.Contains(value));
            double distance = float.IsFinite(low) ? value[0] - low : high - value[0];
            sum += distance;
            if (distance < Math.Log(2)) near++;
        }
        Assert.InRange(sum / 10_000, 0.95, 1.05);
        Assert.InRange(near, 4750, 5250);
    }

    [Fact]
    public void Bytes_are_sampled_between_their_bounds_and_have_none_that_a_byte_cannot_hold()
    {
        var random = new RandomSource(4);
        var space = new BoxSpace(2, 4, BoxElement.UInt8, 300);
        float[] value = new float[300];
        space.Sample(ref random, value);
        Assert.Equal([2, 3, 4], value.Distinct().Order());
        foreach ((float low, float high) in (ReadOnlySpan<(float, float)>)[(-1, 1), (0, 1000), (0, 0.5f), (0.5f, 1), (0, float.PositiveInfinity)])
            Assert.Contains("whole numbers from 0 to 255", Assert.Throws<ArgumentException>(() => new BoxSpace(low, high, BoxElement.UInt8, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_discrete_value_is_sampled_equally_often()
    {
        var random = new RandomSource(2);
        Space space = Space.MultiDiscrete(2, 4);
        int[,] counts = new int[2, 4];
        float[] value = new float[2];
        for (int i = 0; i < 8000; i++)
        {
            space.Sample(ref random, value);
            counts[(int)value[0], (int)value[1]]++;
        }
        foreach (int count in counts) Assert.InRange(count, 850, 1150);
    }

    [Fact]
    public void Discrete_parts_hold_whole_numbers_below_their_count()
    {
        Assert.True(Space.Discrete(3).Contains([2]));
        Assert.False(Space.Discrete(3).Contains([3]));
        Assert.False(Space.Discrete(3).Contains([-1]));
        Assert.False(Space.Discrete(3).Contains([0.5f]));
        Assert.True(Space.MultiDiscrete(2, 4).Contains([1, 3]));
        Assert.False(Space.MultiDiscrete(2, 4).Contains([3, 1]));
    }

    [Fact]
    public void Boxes_hold_what_is_between_their_bounds()
    {
        Assert.True(Space.Box(-1, 2, 2).Contains([-1, 2]));
        Assert.False(Space.Box(-1, 2, 2).Contains([-1, 2.001f]));
        Assert.False(Space.Box(-1, 2, 2).Contains([-1.001f, 0]));
        Assert.True(Space.Bytes(2).Contains([0, 255]));
        Assert.False(Space.Bytes(2).Contains([0, 256]));
        Assert.False(Space.Bytes(2).Contains([0.5f, 0]));
    }

    [Fact]
    public void Encoding_is_one_hot_for_discrete_parts_raw_for_boxes_and_scaled_for_bytes()
    {
        Assert.Equal((9, 15), (Everything.Size, Everything.EncodedSize));
        float[] encoded = new float[15];
        encoded.AsSpan().Fill(9);
        Everything.Encode([2, -1, 0.5f, 1, 2, 1, 0, 255, 51], encoded);
        Assert.Equal([0, 0, 1, -1, 0.5f, 1, 2, 0, 1, 1, 0, 0, 0, 1, 0.2f], encoded.Select(x => MathF.Round(x, 6)));
    }

    [Fact]
    public void Spaces_are_equal_when_they_hold_the_same_values()
    {
        Space[] different =
        [
            Space.Discrete(2), Space.Discrete(3), Space.MultiDiscrete(2), Space.MultiDiscrete(2, 3), Space.MultiDiscrete(3, 2), Space.Box(0, 1, 2, 3),
            Space.Box(0, 1, 3, 2), Space.Box(0, 2, 2, 3), Space.Box(-1, 1, 2, 3), Space.Box(0, 255, 2), Space.Bytes(2),
            Space.Tuple(Space.Discrete(2), Space.Discrete(3)), Space.Tuple(Space.Discrete(3), Space.Discrete(2)), Everything,
        ];
        for (int i = 0; i < different.Length; i++)
            for (int j = 0; j < different.Length; j++) Assert.Equal(i == j, different[i].Equals(different[j]));

        Space again = Space.Tuple(Space.Discrete(3), Space.Tuple(Space.Box(-1, 2, 2, 2), Space.MultiDiscrete(2, 4)), Space.Bytes(2));
        Assert.Equal(Everything, again);
        Assert.Equal(Everything.GetHashCode(), again.GetHashCode());
        Assert.Equal(4, again.Parts.Count);
    }

    [Fact]
    public void Spaces_that_hold_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.Discrete(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.Discrete((1 << 24) + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Space.MultiDiscrete(2, 0));
        Assert.Throws<ArgumentException>(() => Space.MultiDiscrete());
        Assert.Throws<ArgumentException>(() => Space.Box(1, 0, 2));
        Assert.Throws<ArgumentException>(() => Space.Box(float.NaN, 0, 2));
        Assert.Throws<ArgumentException>(() => Space.Box(float.PositiveInfinity, float.PositiveInfinity, 2)); // an action clipped into it would be infinite
        Assert.Throws<ArgumentException>(() => Space.Box(float.NegativeInfinity, float.NegativeInfinity, 2));
        Assert.Throws<ArgumentException>(() => Space.Box(0, 1));
        Assert.Throws<ArgumentException>(() => Space.Box(0, 1, 0));
        Assert.Throws<ArgumentException>(() => Space.Tuple());
    }
}
