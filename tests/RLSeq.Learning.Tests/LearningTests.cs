using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;
using Xunit.Abstractions;

namespace RLSeq.Learning.Tests;

/// <summary>
/// Whole trainings with the default settings, minutes each: <c>./test.sh --learning</c>. What needs memory must be learned with one and
/// must not be learned without.
/// </summary>
[Trait("Category", "Learning")]
public sealed class LearningTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("gru", 1)]
    [InlineData("gru", 2)]
    [InlineData("gru", 3)]
    [InlineData("lstm", 1)]
    [InlineData("lstm", 2)]
    [InlineData("lstm", 3)]
    [InlineData("transformer", 1)]
    [InlineData("transformer", 2)]
    [InlineData("transformer", 3)]
    public void Memories_learn_to_repeat_the_previous(string memory, ulong seed) =>
        Assert.InRange(Train("RepeatPreviousEasy", memory, seed, 500_000), 0.95, 1.01);

    /// <summary>One layer of a linear recurrence keeps what came first exactly, and learns to look back three steps slowly; chance is −0.5.</summary>
    [Theory]
    [InlineData("RepeatFirstEasy", 200_000, 0.95)]
    [InlineData("RepeatPreviousEasy", 500_000, 0.3)]
    [InlineData("PositionOnlyCartPoleEasy", 300_000, 0.95)]
    public void A_linear_recurrence_learns_what_needs_memory(string environment, long steps, double least) =>
        Assert.InRange(Train(environment, "min-gru", 1, steps), least, 1.01);

    /// <summary>Complex units tell three steps ago from two, and what came first from all else.</summary>
    [Theory]
    [InlineData("RepeatFirstEasy", 500_000, 0.9)]
    [InlineData("RepeatPreviousEasy", 500_000, 0.95)]
    [InlineData("PositionOnlyCartPoleEasy", 300_000, 0.95)]
    public void Linear_recurrent_units_learn_what_needs_memory(string environment, long steps, double least) =>
        Assert.InRange(Train(environment, "lru", 1, steps), least, 1.01);

    [Fact]
    public void Traces_of_one_size_keep_what_came_first() =>
        Assert.InRange(Train("RepeatFirstEasy", "ffm-normalized", 1, 500_000), 0.95, 1.01);

    [Fact]
    public void Fast_and_forgetful_memory_balances_a_cart_pole_from_positions() =>
        Assert.InRange(Train("PositionOnlyCartPoleEasy", "ffm", 1, 300_000, rate: 1e-3), 0.95, 1.01);

    [Theory]
    [InlineData("RepeatFirstEasy", 200_000)]
    [InlineData("RepeatPreviousEasy", 300_000)]
    [InlineData("PositionOnlyCartPoleEasy", 300_000)]
    public void Fast_weights_learn_what_needs_memory(string environment, long steps) =>
        Assert.InRange(Train(environment, "gated-delta-net", 1, steps), 0.95, 1.01);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_memory_the_previous_cannot_be_repeated(ulong seed) =>
        Assert.InRange(Train("RepeatPreviousEasy", "none", seed, 500_000), -1, -0.3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_lstm_balances_a_cart_pole_from_positions(ulong seed) =>
        Assert.InRange(Train("PositionOnlyCartPoleEasy", "lstm", seed, 300_000, rate: 1e-3), 0.95, 1.01); // at the default of 2e-3 three seeds of 32 end below

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_memory_is_needed_where_the_whole_state_is_seen(ulong seed) =>
        Assert.InRange(Train("CartPole", "none", seed, 600_000), 475, 500);

    /// <summary>Trains and evaluates 100 episodes by the mode of the distribution.</summary>
    private double Train(string environment, string memory, ulong seed, long steps, double? rate = null)
    {
        using var trainer = new Trainer(new TrainingConfiguration
        {
            Environment = environment,
            Seed = seed,
            Steps = steps,
            Device = "cpu",
            Memory = new MemoryOptions { Name = memory },
            Ppo = rate is { } chosen ? new PpoSettings { LearningRate = chosen } : new PpoSettings(),
        });
        trainer.Run();
        using IEnvironment world = EnvironmentRegistry.Create(environment);
        double mean = Evaluator.Run(PolicyNetwork.From(trainer.Export()), world, new EvaluationSettings()).MeanReturn;
        output.WriteLine($"{environment}, {memory}, seed {seed}: {mean:0.000} after {trainer.Steps:N0} steps in {trainer.Seconds:0.0} s");
        return mean;
    }
}
