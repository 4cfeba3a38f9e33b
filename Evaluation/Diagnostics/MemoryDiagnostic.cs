using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Finds out whether a policy uses its memory: the same policy plays the same episodes again and again, those of its evaluation, while its
/// state is tampered with before every action. Return that is lost shows what the state was worth. It knows nothing of any memory but
/// the canonical state, so it treats all alike; without a memory nothing changes.
/// </summary>
/// <remarks>
/// <para>Intact: nothing is done.</para>
/// <para>Zeroed: the state is that of an episode's beginning, so that the policy acts on the present observation alone.</para>
/// <para>
/// Shuffled: the state is that of the same step of another episode (the next one; of the last, the first), which the same policy plays
/// intact beside. Where that one ends first, the state before its last action stays. It is a state of the kind that the policy was
/// trained with, which the zeroed one in the middle of an episode is not: what it costs is due to what it says, not to its strangeness.
/// </para>
/// <para>
/// Truncated to k: the state is made anew of the last k observations, the present one included (zeroed is k = 1). The smallest k that
/// loses nothing is how far back the policy looks. Where k is no less than the longest episode, nothing changes, so it is not played.
/// </para>
/// </remarks>
public static class MemoryDiagnostic
{
    /// <summary>Looks at a policy.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="create">Makes its environment, in the wrappers that it was trained in.</param>
    /// <param name="settings">How thoroughly.</param>
    /// <param name="stepTimeout">How long a call of the environment may take before it is taken to hang; zero for ever.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The intact policy first, then zeroed, shuffled, and truncated to 1, 2, 4, … observations, as far as the budget goes.</returns>
    /// <exception cref="UserInputException">The policy was made for other spaces, or the settings do not fit.</exception>
    /// <exception cref="EnvironmentException">The environment fails or hangs.</exception>
    public static IReadOnlyList<PolicyMemoryUse> Run(PolicyNetwork network, Func<IEnvironment> create, MemoryUseSettings settings, TimeSpan stepTimeout, CancellationToken cancellation = default)
    {
        settings.Validate();
        if (!settings.IsOn) return [];
        using IEnvironment environment = WaitingWorld.For(network.Definition, create()), second = WaitingWorld.For(network.Definition, create());
        var watch = new CallWatch(stepTimeout, namesFailures: true);
        (IEnvironment played, IEnvironment beside) = (watch.Around(environment), watch.Around(second));
        return watch.Run(() => Play(network, played, beside, settings, cancellation));
    }

    private static List<PolicyMemoryUse> Play(PolicyNetwork network, IEnvironment environment, IEnvironment beside, MemoryUseSettings settings, CancellationToken cancellation)
    {
        var evaluation = new EvaluationSettings { Episodes = settings.Episodes };
        (double[] intact, int[] lengths) = Returns(new Tampering());
        double[] zeroed = Returns(new Zeroing()).Returns;
        double[] shuffled = Returns(new Exchanging(new MemoryEpisodes(network, beside, evaluation), shift: 1)).Returns;
        var uses = new List<PolicyMemoryUse>
        {
            new(MemoryIntervention.Intact, null, intact), new(MemoryIntervention.Zeroed, null, zeroed), new(MemoryIntervention.Shuffled, null, shuffled),
            new(MemoryIntervention.Truncated, 1, zeroed),
        };
        long steps = lengths.Sum(length => (long)length);
        for (int k = 2; k <= settings.MostSteps; k *= 2)
        {
            bool changesNothing = k >= lengths.Max();
            if (!changesNothing && k * steps > settings.MostActions) break;
            uses.Add(new(MemoryIntervention.Truncated, k, changesNothing ? intact : Returns(new Truncating(k, environment.ObservationSpace.Size, environment.ActionSpace.Size)).Returns));
        }
        return uses;

        (double[] Returns, int[] Lengths) Returns(Tampering tampering) => new MemoryEpisodes(network, environment, evaluation) { Tampering = tampering }.PlayAll(cancellation);
    }

    /// <summary>Puts the policies of one memory together: what all of them were put through, up to the first truncation that changes nothing for any.</summary>
    /// <param name="policies">Their seeds, and what <see cref="Run"/> found of each.</param>
    public static IReadOnlyList<MemoryUse> Combine(IReadOnlyList<(ulong Seed, IReadOnlyList<PolicyMemoryUse> Uses)> policies)
    {
        var combined = new List<MemoryUse>();
        if (policies.Count == 0) return combined;
        bool nothingChanges = false;
        for (int i = 0; i < policies.Min(policy => policy.Uses.Count) && !nothingChanges; i++)
        {
            PolicyMemoryUse use = policies[0].Uses[i];
            combined.Add(new MemoryUse(use.Intervention, use.Steps, [.. policies.Select(policy => new MemoryUseRun(policy.Seed, policy.Uses[i].Returns))]));
            nothingChanges = use.Steps > 1 && policies.All(policy => policy.Uses[i].Returns.SequenceEqual(policy.Uses[0].Returns));
        }
        return combined;
    }
}
