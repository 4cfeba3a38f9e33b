using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

/// <summary>
/// The policy gradient under the clock, in closed form. All that chance decides is enumerated, so that nothing here is sampled.
/// </summary>
/// <remarks>
/// <para>The world has two states s and two actions a; the action that drives a transition is the next state, and earns R[s, a]. It begins in
/// state 0, terminates after four ticks, and observes its state. Latencies are scheduled: the first decision, at tick 0, is in time and drives
/// transition 0; the second, at tick 1, takes one and a half periods, so that transitions 1 and 2 repeat the first action; the third is at
/// tick 3. With a, b, c the three sampled actions, the states at ticks 1 to 3 are all a.</para>
/// <para>Let p_s be the probability of action 1 in state s. The derivative of log π(1|s) by the logit of action 1 is 1 − p_s, that of
/// log π(0|s) is −p_s, so that E[∇ log π(x|s) · f(x)] = p_s·(1 − p_s)·(f(1) − f(0)) for any f. PPO follows g = Σ_t E[∇ log π(x_t|s_t)·G_t] over the
/// decisions whose action drives something, G_t being what follows decision t, discounted from there. A baseline V(s) drops out.</para>
/// <para>Where the second action is discarded, or superseded by the third:
/// G of the first is Q(a) = R[0,a] + (γ + γ²)·R[a,a] + γ³·Σ_c π(c|a)·R[a,c] in expectation; G of the third is R[a,c]. So
/// g_0 = p_0(1−p_0)·(Q(1) − Q(0)) + (1−p_0)·p_0(1−p_0)·(R[0,1] − R[0,0]) and g_1 = p_0·p_1(1−p_1)·(R[1,1] − R[1,0]).</para>
/// <para>Where it is applied late, to transition 3, and the third, late too, comes after the end: the second decision's G is
/// (1 + γ)·R[a,a] + γ²·R[a,b], Q is the same, and the last terms of g_0 and g_1 get the factor γ².</para>
/// <para>The loss is the mean of −G over the two decisions that count, so that its gradient is −g/2 for the logit of action 1 and g/2 for that
/// of action 0.</para>
/// </remarks>
public sealed class ClockGradientTests
{
    private const double Discount = 0.9;
    private static readonly double[,] Rewards = { { 0.5, -1 }, { 2, 0.7 } };
    private static readonly float[] Logits = [0.3f, -0.2f, -0.5f, 0.6f]; // of state 0, then of state 1
    private static readonly float[] Baseline = [0.4f, -0.7f];

    public static TheoryData<OnMiss, double[], bool[], bool> Schedules => new()
    {
        { OnMiss.RepeatLast, [0.5, 1.5, 0.5], [true, false, true], false },
        { OnMiss.ApplyLate, [0.5, 1.5, 0.5], [true, false, true], false },
        { OnMiss.ApplyLate, [0.5, 1.5, 1.5], [true, true, false], true },
    };

    [Theory, MemberData(nameof(Schedules))]
    public void The_expected_gradient_is_that_of_the_closed_form(OnMiss onMiss, double[] periods, bool[] applied, bool late)
    {
        (double[] found, bool[] marks) = ExpectedGradient(onMiss, periods, creditsWhatDrove: false);
        Assert.Equal(applied, marks);
        double[] expected = ClosedForm(late);
        for (int s = 0; s < 2; s++)
        {
            Assert.Equal(expected[s] / 2, found[2 * s], 1e-6);
            Assert.Equal(-expected[s] / 2, found[(2 * s) + 1], 1e-6);
        }
    }

    /// <summary>Crediting the action that drove the second decision's ticks, instead of the one that was sampled there, is another gradient.</summary>
    [Theory, MemberData(nameof(Schedules))]
    public void The_gradient_of_the_applied_actions_is_another_one(OnMiss onMiss, double[] periods, bool[] applied, bool late)
    {
        (double[] found, bool[] marks) = ExpectedGradient(onMiss, periods, creditsWhatDrove: true);
        Assert.True(marks[1]);
        int counted = marks.Count(mark => mark);
        Assert.Equal(applied[1] ? 2 : 3, counted);
        double[] expected = ClosedForm(late);
        Assert.All((int[])[0, 1], s => Assert.True(Math.Abs((counted * -found[(2 * s) + 1]) - expected[s]) > 0.05));
    }

    private static double[] ClosedForm(bool late)
    {
        double[] p = [Probability(0, 1), Probability(1, 1)];
        double Q(int a) => Rewards[0, a] + ((Discount + (Discount * Discount)) * Rewards[a, a]) + (Math.Pow(Discount, 3) * (((1 - p[a]) * Rewards[a, 0]) + (p[a] * Rewards[a, 1])));
        double factor = late ? Discount * Discount : 1, spread = p[0] * (1 - p[0]);
        return
        [
            (spread * (Q(1) - Q(0))) + (factor * (1 - p[0]) * spread * (Rewards[0, 1] - Rewards[0, 0])),
            factor * p[0] * p[1] * (1 - p[1]) * (Rewards[1, 1] - Rewards[1, 0]),
        ];
    }

    /// <summary>
    /// The gradient of the loss by the logits, its mean over all eight triples of actions weighed by their probability, and which of the
    /// three decisions count. Row i of the rollout plays the three actions that are the bits of i.
    /// </summary>
    private static (double[] Gradient, bool[] Applied) ExpectedGradient(OnMiss onMiss, double[] periods, bool creditsWhatDrove)
    {
        const int rows = 8, steps = 3;
        using DisposeScope scope = NewDisposeScope();
        using var rollout = new Rollout(steps, rows, 1, 1, new StateHistory(MemoryLayout.Empty, rows, steps, steps, 0), decisions: true);
        for (int row = 0; row < rows; row++) Play(rollout, row, onMiss, periods, creditsWhatDrove);
        Advantage.Estimate(rollout.Rewards, Rollout.Floats(rollout.Values), rollout.NextValues, rollout.Done, rows, Discount, lambda: 1, Rollout.Floats(rollout.Advantages), rollout.Decisions!.Discounts);
        SequenceBatch batch = SequenceBatch.Of(rollout, steps, CPU);
        var settings = new PpoSettings { ValueCoefficient = 0, EntropyCoefficient = 0, NormalizeAdvantages = false };
        var gradient = new double[4];
        for (int row = 0; row < rows; row++)
        {
            Tensor table = tensor(Logits, [2, 2]).requires_grad_(), index = tensor([(long)row]);
            Tensor logits = table.index_select(0, batch.Observations.index_select(1, index).to(int64).flatten()).view(steps, 1, 2);
            PpoLoss.OfSequences(logits, zeros(steps, 1), batch, index, null, ActionDistribution.For(Space.Discrete(2)), settings, MinibatchShare.Whole).Total.backward();
            float[] one = table.grad!.data<float>().ToArray();
            for (int i = 0; i < 4; i++) gradient[i] += Sampled(row) * one[i];
        }
        return (gradient, [.. Enumerable.Range(0, steps).Select(t => rollout.Decisions.Applied[t * rows])]);
    }

    /// <summary>The probability that the three actions of a row are sampled: the second and third decision are in the state that the first action led to.</summary>
    private static double Sampled(int row) => Probability(0, row & 1) * Probability(row & 1, (row >> 1) & 1) * Probability(row & 1, (row >> 2) & 1);

    private static double Probability(int state, int action) => 1 / (1 + Math.Exp(Logits[(2 * state) + 1 - action] - Logits[(2 * state) + action]));

    private static void Play(Rollout rollout, int row, OnMiss onMiss, double[] periods, bool creditsWhatDrove)
    {
        var clock = new ClockSettings(TimeSpan.FromMilliseconds(1)) { OnMiss = onMiss };
        using var environment = (DecisionRecorder)DecisionRecorder.Around(new RealTimeEnvironment(new TwoStates(), clock, new Scheduled(periods), reports: false), Discount);
        var observation = new float[1];
        environment.Reset(1, observation);
        for (int t = 0; t < rollout.Steps; t++)
        {
            int at = (t * rollout.Rows) + row, state = (int)observation[0], action = (row >> t) & 1;
            Rollout.Floats(rollout.Observations)[at] = state;
            Rollout.Floats(rollout.Values)[at] = Baseline[state];
            StepResult result = environment.Step([action], observation);
            rollout.Decisions!.Take(t, row, environment.Last, environment.Discount);
            if (creditsWhatDrove && t == 1) (action, rollout.Decisions.Applied[at]) = (row & 1, true);
            Rollout.Floats(rollout.Actions)[at] = action;
            Rollout.Floats(rollout.LogProbabilities)[at] = (float)Math.Log(Probability(state, action));
            (rollout.Rewards[at], rollout.Done[at]) = (environment.Reward, result.Done);
            rollout.NextValues[at] = result.Done ? 0 : Baseline[(int)observation[0]];
            if (creditsWhatDrove && t == 2 && environment.Last.PreviousLost) rollout.Decisions.Applied[at - rollout.Rows] = true;
            Assert.Equal(t == 2, result.Done);
        }
    }

    private sealed class Scheduled(double[] periods) : LatencyProfile
    {
        public override long Nanoseconds(ulong seed, long decision) => (long)(periods[decision] * 1e6);

        public override string ToString() => "scheduled";
    }

    private sealed class TwoStates() : EnvironmentBase(Space.Discrete(2), Space.Discrete(2), "TwoStates")
    {
        private int _state;

        protected override void OnReset(Span<float> observation) => observation[0] = _state = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            double reward = Rewards[_state, Discrete(action)];
            observation[0] = _state = Discrete(action);
            return new StepResult((float)reward, Terminated: Steps == 4, Truncated: false);
        }
    }
}
