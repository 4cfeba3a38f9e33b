using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests.Evaluating;

/// <summary>The loss of a conversion, measured in the policy's environment.</summary>
public sealed class PolicyConversionTests
{
    private static readonly PolicyPrecision Int8 = PolicyPrecision.Of(NumberFormat.Int8);

    [Fact]
    public void The_loss_is_that_of_the_episodes_played_and_stands_beside_their_returns()
    {
        using var environment = new Turns();
        ConversionLoss loss = PolicyConversion.Convert(Policy(), Int8, environment, new EvaluationSettings { Episodes = 3 }).Conversion!;
        Assert.Equal((3 * Turns.Length, 3), (loss.Steps, loss.Episodes));
        Assert.True(loss.MeanKl > 0 && loss.MeanKl <= loss.LargestKl);
        Assert.Equal(Evaluator.Run(PolicyNetwork.From(Policy()), environment, new EvaluationSettings { Episodes = 3 }).MeanReturn, loss.ReturnBefore!.Value, 1e-12);
        Assert.InRange(loss.ReturnAfter!.Value, 0, Turns.Length);
    }

    [Fact]
    public void Choices_that_the_environment_forbids_do_not_count()
    {
        // One choice is left at every step, so nothing that rounding does to the others can change an action.
        using var environment = new MaskedTurns();
        ConversionLoss loss = PolicyConversion.Convert(Policy(), Int8, environment, new EvaluationSettings { Episodes = 3 }).Conversion!;
        Assert.Equal((3 * Turns.Length, 1, 1, 0), (loss.Steps, loss.ModeAgreement, loss.SampleAgreement, loss.LargestKl));
        Assert.True(loss.MeanValueError > 0);
    }

    private static PolicyDefinition Policy()
    {
        manual_seed(3);
        using var network = new ActorCritic(Space.Box(0, 1, 2), Space.Discrete(3), new MemorySettings("lstm", Hidden: 8, Layers: 1, Heads: 1, Context: 4, FeedForward: 8), 1);
        return network.Export();
    }

    /// <summary>Rewards choosing the number of the step, modulo 3.</summary>
    private class Turns() : EnvironmentBase(Space.Box(0, 1, 2), Space.Discrete(3))
    {
        public const int Length = 12;

        protected int Turn => Steps % 3;

        protected override void OnReset(Span<float> observation) => Observe(observation);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Observe(observation);
            return new(Discrete(action) == (Steps - 1) % 3 ? 1 : 0, Terminated: Steps == Length, Truncated: false);
        }

        private void Observe(Span<float> observation) => (observation[0], observation[1]) = (Random.NextFloat(0, 1), Random.NextFloat(0, 1));
    }

    private sealed class MaskedTurns : Turns, IActionMasking
    {
        public void WriteActionMask(Span<bool> mask)
        {
            for (int choice = 0; choice < mask.Length; choice++) mask[choice] = choice == Turn;
        }
    }
}
