using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Converts a policy to another precision and measures the loss where it matters: in its environment.</summary>
public static class PolicyConversion
{
    /// <summary>Keeps the episodes that observations come from apart from those that returns come from.</summary>
    private const ulong Stream = 0x636F6E76; // "conv"

    /// <summary>Steps compared at most, and numbers that their observations may take.</summary>
    private const int MostSteps = 100_000, MostNumbers = 1 << 26;

    /// <summary>Converts a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="precision">Its new precision.</param>
    /// <param name="environment">The environment; its spaces are the policy's.</param>
    /// <param name="settings">
    /// Episodes: as many are played by the original, with drawn actions, to compare both on what it sees, and as many again by each
    /// for its return, on the same seeds.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The policy in its new precision, with <see cref="PolicyDefinition.Conversion"/>.</returns>
    /// <exception cref="UserInputException">The policy was made for other spaces.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PolicyDefinition Convert(
        PolicyDefinition policy, PolicyPrecision precision, IEnvironment environment, EvaluationSettings settings, CancellationToken cancellation = default)
    {
        var original = PolicyNetwork.From(policy with { Precision = PolicyPrecision.Float32, Conversion = null, Example = null });
        environment = WaitingWorld.For(original.Definition, environment);
        (float[] observations, bool[] starts, bool[] masks) = Play(original, environment, settings, cancellation);
        PolicyDefinition converted = PolicyConverter.Convert(policy, precision, observations, starts, masks, cancellation);
        if (converted.Conversion is not { } loss) return converted;
        EvaluationResult before = Evaluator.Run(original, environment, settings, cancellation);
        EvaluationResult after = Evaluator.Run(PolicyNetwork.From(converted), environment, settings, cancellation);
        return converted with { Conversion = loss with { Episodes = settings.Episodes, ReturnBefore = before.Returns.Average(), ReturnAfter = after.Returns.Average() } };
    }

    private static (float[] Observations, bool[] Starts, bool[] Masks) Play(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings, CancellationToken cancellation)
    {
        int size = environment.ObservationSpace.Size, choices = environment.MaskSize();
        int most = Math.Min(MostSteps, Math.Max(1, MostNumbers / Math.Max(size, choices)));
        var (observations, starts, masks) = (new List<float>(), new List<bool>(), new List<bool>());
        var agent = new Agent(network, settings.Seed) { Selection = ActionSelection.Sample };
        var (observation, action) = (new float[size], new float[environment.ActionSpace.Size]);
        var mask = new bool[choices];
        IActionMasking? masking = environment.Ability<IActionMasking>();
        ulong seed = RandomSource.Derive(settings.Seed, Stream);
        for (int episode = 0; episode < settings.Episodes && starts.Count < most; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            environment.Reset(RandomSource.Derive(seed, (ulong)episode), observation);
            agent.Reset();
            for (int step = 0; starts.Count < most && step < settings.MaxSteps; step++)
            {
                observations.AddRange(observation);
                starts.Add(step == 0);
                if (mask.Length > 0) masking!.WriteActionMask(mask);
                masks.AddRange(mask);
                agent.Act(observation, mask, action);
                if (environment.Step(action, observation).Done) break;
            }
        }
        return ([.. observations], [.. starts], [.. masks]);
    }
}
