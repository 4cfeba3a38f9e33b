using System.Buffers;
using MessagePack;

namespace RLSeq.Environments.Tests;

public class ActionMaskTests
{
    private const int Rows = 5;

    [Fact]
    public void The_entries_of_a_mask_are_the_choices_of_the_discrete_parts()
    {
        Assert.Equal(4, Space.Discrete(4).MaskSize);
        Assert.Equal(5, Space.MultiDiscrete(2, 3).MaskSize);
        Assert.Equal(0, Space.Box(-1, 1, 3).MaskSize);
        Assert.Equal(9, Space.Tuple(Space.Discrete(4), Space.Box(-1, 1, 3), Space.MultiDiscrete(2, 3)).MaskSize);
    }

    [Fact]
    public void Clipping_moves_what_is_continuous_to_the_nearest_bound()
    {
        Space space = Space.Tuple(Space.Discrete(3), Space.Box(-1, 2, 3), Space.Box(0, float.PositiveInfinity, 2), Space.MultiDiscrete(4, 4));
        float[] value = [2, -1.5f, 0.5f, 7, -3, 1e9f, 3, 1];
        space.Clip(value);
        Assert.Equal([2, -1, 0.5f, 2, 0, 1e9f, 3, 1], value);
        Assert.True(space.Contains(value));
    }

    [Fact]
    public void The_first_component_without_a_choice_is_found()
    {
        var masked = new MaskedSpace(Space.Tuple(Space.Discrete(2), Space.Box(0, 1, 1), Space.MultiDiscrete(2, 3)));
        Assert.Equal(-1, masked.FirstWithoutChoice([false, true, true, false, false, false, true]));
        Assert.Equal(0, masked.FirstWithoutChoice([false, false, true, false, false, false, true]));
        Assert.Equal(1, masked.FirstWithoutChoice([true, true, false, false, true, true, true]));
        Assert.Equal(2, masked.FirstWithoutChoice([true, true, true, true, false, false, false]));
    }

    [Fact]
    public void Random_actions_are_uniform_over_what_is_allowed()
    {
        Space space = Space.Tuple(Space.Discrete(4), Space.Box(-1, 1, 1), Space.MultiDiscrete(2, 3));
        var masked = new MaskedSpace(space);
        var random = new RandomSource(3);
        int[] first = new int[4], third = new int[3];
        float[] action = new float[4];
        const int Draws = 6000;
        for (int i = 0; i < Draws; i++)
        {
            masked.Sample([true, false, true, true, false, true, true, true, false], ref random, action);
            Assert.True(space.Contains(action));
            first[(int)action[0]]++;
            third[(int)action[3]]++;
            Assert.Equal(1, action[2]);
        }
        Assert.Equal((0, 0), (first[1], third[2]));
        double chiSquare = new[] { first[0], first[2], first[3] }.Sum(count => Math.Pow(count - (Draws / 3.0), 2) / (Draws / 3.0));
        Assert.InRange(chiSquare, 0, 13.82); // 2 degrees of freedom, p = 0.001
        Assert.InRange(third[0], (Draws / 2) - 128, (Draws / 2) + 128); // 3.3 standard deviations
    }

    [Fact]
    public void The_vector_holds_the_mask_of_every_rows_next_action()
    {
        using var vector = new VectorEnvironment(() => new MaskedWalk(), Rows);
        Assert.Equal(MaskedWalk.Masks, vector.MaskSize);
        vector.Reset(4);
        var masked = new MaskedSpace(vector.ActionSpace);
        var random = new RandomSource(2);
        float[] actions = new float[Rows * 3];
        bool[] expected = new bool[MaskedWalk.Masks];
        int walls = 0;
        for (int step = 0; step < 60; step++)
        {
            for (int row = 0; row < Rows; row++)
            {
                ((IActionMasking)vector[row]).WriteActionMask(expected);
                Assert.Equal(expected, vector.Masks.Slice(row * 5, 5).ToArray());
                Assert.Equal(vector.Observations[row] > 0, expected[0]);
                Assert.Equal(vector.RunningLength(row) % 2 == 0, expected[4]);
                if (!expected[0] || !expected[2]) walls++;
                masked.Sample(expected, ref random, actions.AsSpan(row * 3, 3));
            }
            vector.Step(actions);
        }
        Assert.True(walls > 20);
    }

    [Fact]
    public void A_restored_vector_has_the_masks_of_its_state()
    {
        using VectorEnvironment original = new(() => new MaskedWalk(), Rows), restored = new(() => new MaskedWalk(), Rows);
        original.Reset(1);
        original.Step([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
        restored.Reset(7);
        Assert.NotEqual(original.Masks.ToArray(), restored.Masks.ToArray());
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        original.Save(ref writer);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        restored.Restore(ref reader);
        Assert.Equal(original.Masks.ToArray(), restored.Masks.ToArray());
    }

    [Fact]
    public void An_environment_without_masks_has_no_rows_of_them()
    {
        using var vector = new VectorEnvironment(() => new ProbeEnvironment(), 2);
        vector.Reset(1);
        Assert.Equal((0, 0), (vector.MaskSize, vector.Masks.Length));
    }

    [Fact]
    public void A_mask_without_a_choice_stops_the_vector_and_says_where()
    {
        using var vector = new VectorEnvironment(() => new MaskedWalk(MaskFault.NoChoice), 2);
        vector.Reset(1);
        vector.Step([1, 0, 0, 1, 0, 0]);
        vector.Step([1, 0, 0, 1, 0, 0]);
        EnvironmentException exception = Assert.Throws<EnvironmentException>(() => vector.Step([1, 0, 0, 1, 0, 0]));
        Assert.Contains("leaves component 0 of the action no choice", exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, VectorEnvironment.EpisodeSeed(1, 0, 0)), (exception.Row, exception.EpisodeSeed));
    }

    [Fact]
    public void Nothing_is_allocated_per_masked_step()
    {
        using var vector = new VectorEnvironment(() => new MaskedWalk(), Rows);
        vector.Reset(1);
        float[] actions = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0];
        for (int i = 0; i < 50; i++) vector.Step(actions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) vector.Step(actions);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_sound_mask_passes_the_checker() => Assert.Empty(EnvironmentChecker.Check(() => new MaskedWalk()));

    [Theory]
    [InlineData(MaskFault.NoChoice, "mask-choice", "component 0 of the action no choice after step 3")]
    [InlineData(MaskFault.Unwritten, "mask-reading", "after step 1 of episode 0 entry 4 is False the first time and True the second")]
    [InlineData(MaskFault.TooManyEntries, "exception", "the action mask was read after the reset of episode 0")]
    [InlineData(MaskFault.AllowsWhatIsRefused, "mask-refused", "Beyond the end.")]
    [InlineData(MaskFault.ReadingDraws, "mask-reading", "Two readings of the same action mask differ")]
    [InlineData(MaskFault.ReadingCounts, "mask-reading", "Reading the action mask twice changes the episode")]
    public void A_planted_fault_of_the_mask_is_found_alone(MaskFault fault, string check, string problem)
    {
        Finding finding = Assert.Single(EnvironmentChecker.Check(() => new MaskedWalk(fault)));
        Assert.Equal((check, FindingSeverity.Error), (finding.Check, finding.Severity));
        Assert.Contains(problem, finding.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Remedy);
    }

    [Fact]
    public void A_mask_without_discrete_choices_is_found() =>
        Assert.Equal("mask-space", Assert.Single(EnvironmentChecker.Check(() => new MaskedBox())).Check);

    private sealed class MaskedBox() : EnvironmentBase(Space.Box(0, 1, 1), Space.Box(-1, 1, 2)), IActionMasking
    {
        public void WriteActionMask(Span<bool> mask)
        {
        }

        protected override void OnReset(Span<float> observation) => observation[0] = Random.NextFloat(0, 1);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = Random.NextFloat(0, 1);
            return new StepResult(action[0], Terminated: Steps == 3, Truncated: false);
        }
    }
}
