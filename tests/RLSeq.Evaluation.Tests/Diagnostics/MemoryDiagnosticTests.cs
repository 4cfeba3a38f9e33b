using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests.Diagnostics;

/// <summary>
/// Tampering with states, in closed form: an LSTM made by hand that adds up what it sees and so keeps the sign of <see cref="Recall"/> for
/// ever, which names the minus sign where it knows nothing. And properties that hold for every memory.
/// </summary>
public class MemoryDiagnosticTests
{
    private static readonly MemoryUseSettings Settings = new() { Episodes = 12, MostSteps = 16 };

    private static readonly IReadOnlyList<(int Sign, int Length)> Episodes = [.. Enumerable.Range(0, Settings.Episodes).Select(Describe)];

    public static TheoryData<string> Memories => [.. MemoryRegistry.All.Select(entry => entry.Name)];

    [Fact]
    public void The_episodes_are_of_different_signs_and_lengths()
    {
        Assert.Equal(2, Episodes.Select(episode => episode.Sign).Distinct().Count());
        Assert.True(Episodes.Select(episode => episode.Length).Distinct().Count() > 3);
    }

    [Fact]
    public void A_policy_that_remembers_loses_what_it_is_made_to_forget()
    {
        IReadOnlyList<PolicyMemoryUse> uses = MemoryDiagnostic.Run(Integrator(), () => new Recall(), Settings, TimeSpan.Zero);
        Assert.Equal([(MemoryIntervention.Intact, null), (MemoryIntervention.Zeroed, null), (MemoryIntervention.Shuffled, null), .. ((int?[])[1, 2, 4, 8, 16]).Select(k => (MemoryIntervention.Truncated, k))],
            uses.Select(use => (use.Intervention, use.Steps)));
        Assert.Equal(Episodes.Select(episode => (double)episode.Length), uses[0].Returns);
        // Without a state it sees the sign at the first step only, and names minus from then on.
        Assert.Equal(Episodes.Select(episode => Forgetting(episode, known: 1)), uses[1].Returns);
        // With the other episode's state it names the sign of that one from the second step on, also beyond its end.
        Assert.Equal(Episodes.Select((episode, i) => 1.0 + ((episode.Length - 1) * episode.Sign * Episodes[(i + 1) % Episodes.Count].Sign)), uses[2].Returns);
        // With the last k observations it sees the sign in k steps.
        foreach (PolicyMemoryUse use in uses.Skip(3))
            Assert.Equal(Episodes.Select(episode => Forgetting(episode, known: Math.Min(use.Steps!.Value, episode.Length))), use.Returns);
    }

    [Theory, MemberData(nameof(Memories))]
    public void What_is_true_of_every_memory(string memory)
    {
        PolicyNetwork network = Drawn(memory);
        var evaluation = new EvaluationSettings { Episodes = 6 };
        double[] intact = Play(new Tampering());
        using var environment = new Recall();
        Assert.Equal(Evaluator.Run(network, environment, evaluation).Returns, intact);
        Assert.Equal(intact, Play(new Truncating(8, 1, 1))); // as long as the longest episode
        Assert.Equal(intact, Play(new Exchanging(Beside(), shift: 0))); // each with itself
        Assert.Equal(Play(new Zeroing()), Play(new Truncating(1, 1, 1)));
        if (memory != "none") return;
        Assert.Equal(intact, Play(new Zeroing()));
        Assert.Equal(intact, Play(new Exchanging(Beside(), shift: 1)));

        double[] Play(Tampering tampering) => new MemoryEpisodes(network, new Recall(), evaluation) { Tampering = tampering }.PlayAll(CancellationToken.None).Returns;

        MemoryEpisodes Beside() => new(network, new Recall(), evaluation);
    }

    [Fact]
    public void A_truncation_beyond_the_budget_is_left_out()
    {
        int steps = Episodes.Sum(episode => episode.Length);
        IReadOnlyList<PolicyMemoryUse> uses = MemoryDiagnostic.Run(Integrator(), () => new Recall(), Settings with { MostActions = 2 * steps }, TimeSpan.Zero);
        Assert.Equal([1, 2], uses.Where(use => use.Intervention == MemoryIntervention.Truncated).Select(use => use.Steps!.Value));
        Assert.Empty(MemoryDiagnostic.Run(Integrator(), () => new Recall(), MemoryUseSettings.None, TimeSpan.Zero));
        Assert.Throws<UserInputException>(() => (Settings with { Episodes = 1 }).Validate());
    }

    [Fact]
    public void Policies_are_put_together_up_to_the_first_truncation_that_changes_nothing()
    {
        IReadOnlyList<PolicyMemoryUse> forgetful = Made(5, 5, 5, 5), keen = Made(5, 1, 3, 5, 5, 5);
        IReadOnlyList<MemoryUse> combined = MemoryDiagnostic.Combine([(1, keen), (2, Made(5, 1, 1, 5, 5, 5))]);
        Assert.Equal([(MemoryIntervention.Intact, null), (MemoryIntervention.Truncated, 1), (MemoryIntervention.Truncated, 2), (MemoryIntervention.Truncated, 4)], combined.Select(use => (use.Intervention, use.Steps)));
        Assert.Equal([1UL, 2UL], combined[2].Runs.Select(run => run.Seed));
        Assert.Equal([3.0, 1.0], combined[2].Runs.Select(run => run.Returns[0]));
        Assert.Equal(4, MemoryDiagnostic.Combine([(1, keen), (2, forgetful)]).Count); // no more than all were put through
        Assert.Empty(MemoryDiagnostic.Combine([]));

        static IReadOnlyList<PolicyMemoryUse> Made(double intact, params double[] truncated) =>
            [new(MemoryIntervention.Intact, null, [intact]), .. truncated.Select((value, i) => new PolicyMemoryUse(MemoryIntervention.Truncated, 1 << i, [value]))];
    }

    /// <summary>Right for as many steps as it knows the sign, then always minus.</summary>
    private static double Forgetting((int Sign, int Length) episode, int known) => known + ((episode.Length - known) * -episode.Sign);

    private static (int Sign, int Length) Describe(int episode)
    {
        using var environment = new Recall();
        environment.Reset(Evaluator.EpisodeSeed(new EvaluationSettings().Seed, episode), new float[1]);
        return ((int)environment.Sign, environment.Length);
    }

    /// <summary>x = tanh(20·o); c += tanh(20·x), all gates open; h = tanh(c); logits −h and h. Gates in the order input, forget, cell, output.</summary>
    private static PolicyNetwork Integrator()
    {
        using var network = Network("lstm", hidden: 1);
        using (no_grad())
        {
            foreach ((string name, var parameter) in network.named_parameters())
            {
                float[] values = name switch
                {
                    _ when name.StartsWith("encoder", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) => [20],
                    "memory.weight_ih" => [0, 0, 20, 0],
                    "memory.bias" => [20, 20, 0, 20],
                    "policy.weight" => [-1, 1],
                    _ => new float[parameter.numel()],
                };
                parameter.copy_(tensor(values).view(parameter.shape));
            }
        }
        return PolicyNetwork.From(network.Export());
    }

    private static PolicyNetwork Drawn(string memory)
    {
        manual_seed(3);
        using var network = Network(memory, hidden: 8);
        using (no_grad())
        {
            // A policy head of usual size, so that what the state says decides actions.
            foreach ((string name, var parameter) in network.named_parameters())
                if (name == "policy.weight") parameter.mul_(100);
        }
        return PolicyNetwork.From(network.Export());
    }

    private static ActorCritic Network(string memory, int hidden)
    {
        using var environment = new Recall();
        return new ActorCritic(environment.ObservationSpace, environment.ActionSpace, new MemorySettings(memory, hidden, Layers: 2, Heads: 2, Context: 5, FeedForward: 8), 1);
    }
}
