namespace RLSeq.Agents.Tests;

/// <summary>
/// Acts with whichever build of the engine this assembly was loaded beside. Nothing but arrays crosses the border, and no
/// property that is set by an initialiser is used: the builds mark those differently.
/// </summary>
internal static class ActionTrace
{
    public const int Rows = 3;

    /// <summary>Acts in three rows that begin their episodes at different steps, sampling and taking the mode in turns.</summary>
    /// <param name="file">A policy file, which is verified.</param>
    /// <param name="observations"><c>[steps, Rows, O]</c>.</param>
    /// <param name="masks"><c>[steps, Rows, MaskSize]</c>; empty where all choices are allowed.</param>
    /// <param name="steps">The number of steps.</param>
    /// <returns>Actions, logits, log-probabilities and values, each <c>[steps, Rows, …]</c>.</returns>
    public static float[][] Run(byte[] file, float[] observations, bool[] masks, int steps)
    {
        var agents = new AgentBatch(PolicyNetwork.From(PolicyFile.Read(file)), Rows, seed: 12, firstRow: 0);
        int[] rows = [0, 1, 2];
        int size = observations.Length / steps, choices = masks.Length / steps;
        float[] action = new float[Rows * agents.Distribution.ActionSize], logProbability = new float[Rows], value = new float[Rows];
        List<float> actions = [], logits = [], logProbabilities = [], values = [];
        for (int t = 0; t < steps; t++)
        {
            for (int row = 0; row < Rows; row++)
                if ((t + (5 * row)) % 41 == 0) agents.Reset(row);
            agents.Act(rows, observations.AsSpan(t * size, size), masks.AsSpan(t * choices, choices), action, logProbability, value, t % 3 == 0 ? ActionSelection.Mode : ActionSelection.Sample);
            actions.AddRange(action);
            logits.AddRange(agents.Logits.ToArray());
            logProbabilities.AddRange(logProbability);
            values.AddRange(value);
        }
        return [[.. actions], [.. logits], [.. logProbabilities], [.. values]];
    }

    /// <summary>Reads bytes as a policy file.</summary>
    /// <returns>Empty where they are one, else why they are refused; any exception but the documented one is passed on.</returns>
    public static string Refusal(byte[] file)
    {
        try
        {
            PolicyNetwork.From(PolicyFile.Read(file));
            return "";
        }
        catch (PolicyFormatException exception)
        {
            return exception.Message;
        }
    }
}
