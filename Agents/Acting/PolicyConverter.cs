namespace RLSeq.Agents;

/// <summary>Converts policies to another precision, and measures what that costs on a sequence of observations.</summary>
/// <remarks>The weights of a converted policy stay in 32 bits and are rounded when it is loaded, so it can be converted again, and back.</remarks>
public static class PolicyConverter
{
    private const ulong Seed = 1;

    /// <summary>Converts a policy.</summary>
    /// <param name="policy">The policy, in any precision; it is compared in <see cref="PolicyPrecision.Float32"/>.</param>
    /// <param name="precision">The new precision.</param>
    /// <param name="observations">Observations that both see, <c>[K, O]</c>, of the kind that the policy will meet: play it to get them.</param>
    /// <param name="starts">True where an episode begins, <c>[K]</c>.</param>
    /// <param name="masks">
    /// Which choices were allowed, <c>[K, Distribution.MaskSize]</c>, true where allowed; empty where all were. What a policy would do
    /// were it not forbidden says nothing of its play, so forbidden choices do not count.
    /// </param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The policy in its new precision, with <see cref="PolicyDefinition.Conversion"/> and an example of its own.</returns>
    /// <exception cref="ArgumentException">There are no observations, their number is not that of the starts, one is NaN, infinite or outside a discrete part of its space, or a mask has another length or allows nothing.</exception>
    /// <exception cref="ArithmeticException">The policy's outputs are NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PolicyDefinition Convert(
        PolicyDefinition policy, PolicyPrecision precision, ReadOnlySpan<float> observations, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> masks = default,
        CancellationToken cancellation = default)
    {
        int size = policy.ObservationSpace.Size;
        if (starts.IsEmpty || observations.Length != (long)starts.Length * size)
            throw new ArgumentException($"A conversion is measured on at least one observation of {size} numbers per step; given: {starts.Length} steps and {observations.Length} numbers.", nameof(observations));
        PolicyDefinition original = policy with { Precision = PolicyPrecision.Float32, Conversion = null, Example = null };
        PolicyNetwork before = PolicyNetwork.From(original), after = PolicyNetwork.From(original with { Precision = precision });
        if (!masks.IsEmpty) RowGuard.Exact(masks.Length, starts.Length, before.Distribution.MaskSize, nameof(masks));
        int example = Math.Min(PolicyExample.AlwaysVerified, starts.Length);
        return original with
        {
            Precision = precision,
            Conversion = precision == PolicyPrecision.Float32 ? null : Compare(before, after, observations, starts, masks, cancellation),
            Example = Example(after, observations[..(example * size)], starts[..example]),
        };
    }

    private static ConversionLoss Compare(
        PolicyNetwork before, PolicyNetwork after, ReadOnlySpan<float> observations, ReadOnlySpan<bool> starts, ReadOnlySpan<bool> masks, CancellationToken cancellation)
    {
        // Choosing actions changes no memory, so one pass gives both the likeliest actions and the drawn ones.
        Shadow original = new(before), converted = new(after);
        int size = before.Definition.ObservationSpace.Size, choices = masks.Length / starts.Length;
        long modes = 0, samples = 0;
        double kl = 0, largest = 0, error = 0;
        for (int t = 0; t < starts.Length; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> observation = observations.Slice(t * size, size);
            ReadOnlySpan<bool> mask = masks.Slice(t * choices, choices);
            original.Act(observation, mask, starts[t]);
            converted.Act(observation, mask, starts[t]);
            ReadOnlySpan<float> parameters = original.Agents.Logits;
            IActionDistribution distribution = before.Distribution;
            if (distribution.Agree(parameters, original.Mode, converted.Mode)) modes++;
            if (distribution.Agree(parameters, original.Sample, converted.Sample)) samples++;
            double divergence = Math.Max(0, distribution.Divergence(parameters, converted.Agents.Logits)); // rounding may go below
            kl += divergence;
            largest = Math.Max(largest, divergence);
            error += Math.Abs((double)original.Value - converted.Value);
        }
        double steps = starts.Length;
        return new ConversionLoss(starts.Length, modes / steps, samples / steps, kl / steps, largest, error / steps);
    }

    private static PolicyExample Example(PolicyNetwork network, ReadOnlySpan<float> observations, ReadOnlySpan<bool> starts)
    {
        var shadow = new Shadow(network);
        int size = network.Definition.ObservationSpace.Size, count = network.Distribution.Parameters;
        float[] logits = new float[starts.Length * count], values = new float[starts.Length];
        for (int t = 0; t < starts.Length; t++)
        {
            shadow.Act(observations.Slice(t * size, size), default, starts[t]); // whoever loads it knows no masks
            shadow.Agents.Logits.CopyTo(logits.AsSpan(t * count));
            values[t] = shadow.Value;
        }
        return new PolicyExample(observations.ToArray(), starts.ToArray(), logits, values);
    }

    /// <summary>One agent that sees the given observations, whatever it chooses.</summary>
    private sealed class Shadow(PolicyNetwork network)
    {
        private readonly float[] _value = new float[1], _logProbability = new float[1];

        public AgentBatch Agents { get; } = new(network, 1, Seed);

        public float[] Sample { get; } = new float[network.Distribution.ActionSize];

        public float[] Mode { get; } = new float[network.Distribution.ActionSize];

        public float Value => _value[0];

        public void Act(ReadOnlySpan<float> observation, ReadOnlySpan<bool> mask, bool start)
        {
            if (start) Agents.Reset(0);
            Agents.Act([0], observation, mask, Sample, _logProbability, _value, ActionSelection.Sample);
            network.Distribution.Mode(Agents.Logits, Mode);
        }
    }
}
