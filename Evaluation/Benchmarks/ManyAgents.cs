using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>What one of many agents costs, in microseconds: in a batch, and called one by one.</summary>
/// <param name="InBatch">One of an <see cref="AgentBatch"/> of all of them.</param>
/// <param name="OneByOne">One of as many single agents, each with a state of its own, called in turn.</param>
/// <param name="Floor">
/// What no batch can go below: the multiply-adds of an action at the rate of one core, or the weights, read once for all, and everybody's keys
/// and values over the bandwidth at that working set, whichever takes longer.
/// </param>
public sealed record ManyAgents(double InBatch, double OneByOne, double Floor)
{
    /// <summary>How many times cheaper the batch is.</summary>
    public double Ratio => OneByOne / InBatch;

    /// <summary>How many times cheaper it could be at most, however it were written.</summary>
    public double MostRatio => OneByOne / Floor;

    /// <summary>Times both in turn.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">The agents, each in the middle of an episode.</param>
    internal static ManyAgents Measure(PolicyNetwork network, int rows)
    {
        const int Measurements = 9;
        float[] state = BatchCaller.FilledState(network);
        var batch = new BatchCaller(new AgentBatch(network, rows), state);
        BatchCaller[] singles = [.. Enumerable.Range(0, rows).Select(row => new BatchCaller(new AgentBatch(network, 1, firstRow: row), state))];
        Warmup.Run(batch.Act);
        Warmup.Run(OneByOne);
        double[] inBatch = new double[Measurements], oneByOne = new double[Measurements];
        for (int i = 0; i < Measurements; i++) (inBatch[i], oneByOne[i]) = (batch.Repeat() / rows, BatchCaller.Repeat(OneByOne) / rows);
        Array.Sort(inBatch);
        Array.Sort(oneByOne);
        return new ManyAgents(inBatch[Measurements / 2], oneByOne[Measurements / 2], FloorOf(network, rows));

        void OneByOne()
        {
            foreach (BatchCaller single in singles) single.Act();
        }
    }

    private static double FloorOf(PolicyNetwork network, int rows)
    {
        long shared = network.BytesPerStep(0), bytes = shared + (rows * (network.BytesPerStep(int.MaxValue) - shared));
        double reading = bytes / MachineRates.ReadBandwidth(bytes) / rows;
        double computing = network.OperationsPerStep(int.MaxValue) / ArithmeticRate.PerSecond(network.Definition.Precision.Weights);
        return 1e6 * Math.Max(reading, computing);
    }
}
