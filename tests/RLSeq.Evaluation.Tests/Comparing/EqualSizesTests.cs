using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation.Tests.Comparing;

/// <summary>Memories at equal sizes, against formulas of what each has.</summary>
public class EqualSizesTests
{
    [Fact]
    public void Widths_bring_the_parameters_nearest_to_those_of_the_first_memory()
    {
        ComparisonPlan plan = Plan("lstm", "none", "gru", "transformer") with { Equal = new EqualSizes(EqualBy.Parameters) };
        ComparisonPlan sized = plan.Equalized();
        long target = Lstm(64);
        Assert.Equal(64, sized.SizesOf("CartPole", "lstm")!.Hidden);
        Assert.All(sized.Sizes, sizes => Assert.Equal(target, sizes.Sizes.Target));
        Assert.Equal(target, sized.SizesOf("CartPole", "lstm")!.Parameters);
        Check("none", None, Enumerable.Range(1, 9000));
        Check("gru", Gru, Enumerable.Range(1, 400));
        MemorySizes transformer = sized.SizesOf("CartPole", "transformer")!;
        Assert.Equal(0, transformer.Hidden % 4); // the heads divide the width
        Assert.InRange(transformer.Off, -0.15, 0.15);
        Assert.Equal(transformer.Hidden, sized.Configuration(new PlannedRun("CartPole", "transformer", 1, "")).Network.Hidden);

        void Check(string memory, Func<long, long> parameters, IEnumerable<int> widths)
        {
            MemorySizes found = sized.SizesOf("CartPole", memory)!;
            Assert.Equal(widths.MinBy(width => (Math.Abs(parameters(width) - target), width)), found.Hidden);
            Assert.Equal(parameters(found.Hidden), found.Parameters);
        }
    }

    [Fact]
    public void A_context_brings_the_state_nearest_and_other_memories_get_a_width()
    {
        ComparisonPlan sized = (Plan("lstm", "gru", "transformer", "transformer-distinct", "none") with { Equal = new EqualSizes(EqualBy.State, 20_000) }).Equalized();
        Assert.Equal((2500, 20_000), Of("lstm")); // two vectors of floats: 8 bytes per unit
        Assert.Equal((5000, 20_000), Of("gru"));
        MemorySizes transformer = sized.SizesOf("CartPole", "transformer")!;
        Assert.Equal((64, 39), (transformer.Hidden, transformer.Context)); // 512 bytes per step of two layers, and a count
        Assert.Equal((39 * 512) + 4, transformer.StateBytes);
        Assert.Equal(39, sized.Configuration(new PlannedRun("CartPole", "transformer", 1, "")).Memory.Context);
        MemorySizes distinct = sized.SizesOf("CartPole", "transformer-distinct")!;
        Assert.Equal((64, 77, (39 * 516) + 4), (distinct.Hidden, distinct.Context, distinct.StateBytes)); // a slot for every second step, with its age
        MemorySizes none = sized.SizesOf("CartPole", "none")!;
        Assert.Equal((64, 0, false), (none.Hidden, none.StateBytes, none.Adjustable));

        (int, long) Of(string memory) => (sized.SizesOf("CartPole", memory)!.Hidden, sized.SizesOf("CartPole", memory)!.StateBytes);
    }

    [Fact]
    public void A_context_of_1_that_is_too_much_makes_the_width_smaller()
    {
        MemorySizes transformer = (Plan("transformer") with { Equal = new EqualSizes(EqualBy.State, 100) }).Equalized().SizesOf("CartPole", "transformer")!;
        Assert.Equal((12, 1, (12 * 8) + 4), (transformer.Hidden, transformer.Context, transformer.StateBytes));
    }

    [Fact]
    public void A_curve_goes_through_a_few_small_sizes_and_anything_else_is_counted()
    {
        var asked = new List<int>();
        Func<int, long?> parabola = SizeCurve.Of(size => { asked.Add(size); return size % 3 == 0 ? (7L * size * size) - (2L * size) + 11 : null; });
        Assert.Equal((7L * 3000 * 3000) - 6000 + 11, parabola(3000));
        Assert.Null(parabola(3001));
        Assert.Equal(15, asked.Max());
        Assert.Equal(1L << 40, SizeCurve.Of(size => 1L << size)(40)); // no parabola
        Assert.Null(SizeCurve.Of(_ => null)(5));
    }

    [Fact]
    public void The_sizes_stand_in_words()
    {
        MemorySizes sizes = new() { By = EqualBy.Parameters, Target = 1000, Hidden = 7, Context = 64, Parameters = 1012, StateBytes = 28 };
        Assert.Equal("hidden 7: 1,012 parameters (+1.2 %)", sizes.Describe());
        Assert.Equal("hidden 7, context 64: 28 bytes of state (exact)", (sizes with { By = EqualBy.State, Target = 28 }).Describe());
        Assert.Equal("hidden 7: 1,012 parameters (which no size changes)", (sizes with { Adjustable = false }).Describe());
    }

    [Theory]
    [InlineData("parameters", EqualBy.Parameters, null), InlineData("State", EqualBy.State, null), InlineData("parameters=4e4", EqualBy.Parameters, 40_000L), InlineData("state=4_096", EqualBy.State, 4096L)]
    public void A_wish_is_read(string text, EqualBy by, long? amount) => Assert.Equal(new EqualSizes(by, amount), EqualSizes.Parse(text));

    [Theory, InlineData("size"), InlineData("state=0"), InlineData("state=1.5"), InlineData("parameters=many"), InlineData("")]
    public void What_is_no_wish_is_refused(string text) => Assert.Contains(text, Assert.Throws<UserInputException>(() => EqualSizes.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_first_memory_without_a_state_gives_no_target() => Assert.Contains("--equal state=4096",
        Assert.Throws<UserInputException>(() => (Plan("none", "lstm") with { Equal = new EqualSizes(EqualBy.State) }).Equalized()).Message, StringComparison.Ordinal);

    /// <summary>CartPole: the encoder sees 4 numbers; two heads, of 2 logits and a value.</summary>
    private static long None(long width) => (5 * width) + (3 * (width + 1));

    private static long Lstm(long width) => None(width) + (8 * width * width) + (4 * width);

    private static long Gru(long width) => None(width) + (6 * width * width) + (6 * width);

    private static ComparisonPlan Plan(params string[] memories) => new()
    {
        Environments = ["CartPole"],
        Memories = memories,
        Seeds = [1],
        Training = new TrainingConfiguration { Device = "cpu" },
        Folder = "",
    };
}
