namespace RLSeq.Agents;

/// <summary>Runs a policy's example and compares: the proof that this engine computes what the exporting side computed.</summary>
internal static class ExampleCheck
{
    /// <summary>
    /// Outputs agree when they differ by no more than this times max(1, |expected|). In fewer bits a number that lies between two
    /// roundings may go the other way on another machine, whose sums of floats differ in the last bit.
    /// </summary>
    private const float Tolerance = 1e-4f, ToleranceOfFewerBits = 1e-2f;

    private const int MostSteps = 4096;

    /// <summary>The most that an example may cost, in multiply-adds: about a second where there are no vectors.</summary>
    private const long MostWork = 1L << 30;

    /// <summary>Verifies the example of a policy, if it has one.</summary>
    /// <param name="network">The policy.</param>
    /// <exception cref="PolicyFormatException">An output differs, or the example's parts do not fit each other.</exception>
    public static void Verify(PolicyNetwork network)
    {
        if (network.Definition.Example is not { } example) return;
        int observation = network.Definition.ObservationSpace.Size, count = network.Distribution.Parameters, steps = example.Starts.Length;
        float tolerance = network.Definition.Precision == PolicyPrecision.Float32 ? Tolerance : ToleranceOfFewerBits;
        if (steps > MostSteps) throw new PolicyFormatException($"its example has {steps} steps; at most {MostSteps} are allowed");
        if (example.Observations.Length != (long)steps * observation || example.Logits.Length != (long)steps * count || example.Values.Length != steps)
            throw new PolicyFormatException($"its example of {steps} steps has {example.Observations.Length} observed numbers, {example.Logits.Length} logits and {example.Values.Length} values; expected {(long)steps * observation}, {(long)steps * count} and {steps}");
        if (steps == 0) return;
        CheckWork(network, example.Starts);
        var agents = new AgentBatch(network, rows: 1); // nothing is recorded: these are nobody's actions
        float[] action = new float[network.Distribution.ActionSize], logProbability = new float[1], value = new float[1];
        for (int t = 0; t < steps; t++)
        {
            if (example.Starts[t]) agents.Reset(0);
            try
            {
                agents.Act([0], example.Observations.AsSpan(t * observation, observation), action, logProbability, value, ActionSelection.Mode);
            }
            catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
            {
                throw new PolicyFormatException($"its example cannot be run at step {t}: {exception.Message}", exception);
            }
            for (int i = 0; i < count; i++) Compare(agents.Logits[i], example.Logits[(t * count) + i], tolerance, "logit", t);
            Compare(value[0], example.Values[t], tolerance, "value", t);
        }
    }

    /// <summary>
    /// Refuses what would take long before it begins. Steps alone are no measure: a window that is projected anew costs the square of its
    /// items per action and layer, so that a few megabytes of weights, and 4,096 steps, can ask for 10¹⁴ multiply-adds.
    /// </summary>
    private static void CheckWork(PolicyNetwork network, ReadOnlySpan<bool> starts)
    {
        if (starts.Length <= PolicyExample.AlwaysVerified) return;
        long allowed = 0, work = 0;
        for (int position = 0; position < PolicyExample.AlwaysVerified; position++) allowed += network.WorkPerStep(position);
        allowed = Math.Max(allowed, MostWork);
        for (int t = 0, position = 0; t < starts.Length; t++, position++)
        {
            if (starts[t]) position = 0;
            work += network.WorkPerStep(position);
            if (work > allowed)
                throw new PolicyFormatException($"its example of {starts.Length} steps would take more than {allowed} multiply-adds; make it shorter: {PolicyExample.AlwaysVerified} steps may take any number");
        }
    }

    private static void Compare(float computed, float expected, float tolerance, string what, int step)
    {
        // Infinity has no distance that could be too large, so it would pass beside any number.
        if (!float.IsFinite(expected) || !(Math.Abs(computed - expected) <= tolerance * Math.Max(1, Math.Abs(expected))))
            throw new PolicyFormatException($"its example is not reproduced: at step {step} a {what} is {computed}, and the file says {expected}");
    }
}
