using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Calls an engine for all of its rows, over and over.</summary>
internal sealed class BatchCaller
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private readonly IAgentBatch _agents;
    private readonly int[] _rows;
    private readonly float[] _observations, _actions, _logProbabilities, _values;

    public BatchCaller(IAgentBatch agents, float[] state)
    {
        _agents = agents;
        int n = agents.Rows;
        _rows = [.. Enumerable.Range(0, n)];
        _observations = new float[n * ActBenchmark.Observations.Size];
        (_actions, _logProbabilities, _values) = (new float[n * agents.Distribution.ActionSize], new float[n], new float[n]);
        var random = new RandomSource(1);
        for (int row = 0; row < n; row++)
        {
            ActBenchmark.Observations.Sample(ref random, _observations.AsSpan(row * ActBenchmark.Observations.Size, ActBenchmark.Observations.Size));
            if (state.Length > 0) agents.Load(row, state);
        }
    }

    public void Act() => _agents.Act(_rows, _observations, _actions, _logProbabilities, _values, ActionSelection.Sample);

    /// <summary>Acts at least once and for at least some time; the mean of a call, in microseconds.</summary>
    public double Repeat(TimeSpan time) => Repeat(Act, time);

    private static double Repeat(Action call, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan elapsed = TimeSpan.Zero;
        int calls = 0;
        while (elapsed < time)
        {
            call();
            calls++;
            elapsed = Stopwatch.GetElapsedTime(began);
        }
        return elapsed.TotalMicroseconds / calls;
    }

    /// <summary>What an agent costs in the managed engine, in microseconds: one of a batch, and one of as many that are called one by one.</summary>
    /// <param name="network">The policy.</param>
    /// <param name="rows">The agents, each in the middle of an episode.</param>
    public static (double InBatch, double OneByOne) MicrosecondsPerAgent(PolicyNetwork network, int rows)
    {
        const int Measurements = 9;
        float[] state = FilledState(network);
        var batch = new BatchCaller(new AgentBatch(network, rows), state);
        BatchCaller[] singles = [.. Enumerable.Range(0, rows).Select(row => new BatchCaller(new AgentBatch(network, 1, firstRow: row), state))];
        Warmup.Run(batch.Act);
        Warmup.Run(OneByOne);
        double[] inBatch = new double[Measurements], oneByOne = new double[Measurements];
        for (int i = 0; i < Measurements; i++) (inBatch[i], oneByOne[i]) = (Repeat(batch.Act, Shortest) / rows, Repeat(OneByOne, Shortest) / rows);
        Array.Sort(inBatch);
        Array.Sort(oneByOne);
        return (inBatch[Measurements / 2], oneByOne[Measurements / 2]);

        void OneByOne()
        {
            foreach (BatchCaller single in singles) single.Act();
        }
    }

    /// <summary>The state after as many steps as a window is long.</summary>
    public static float[] FilledState(PolicyNetwork network)
    {
        var one = new AgentBatch(network, 1);
        var caller = new BatchCaller(one, []);
        for (int i = one.Layout.Blocks.Select(block => block.WindowLength).DefaultIfEmpty(0).Max(); i >= 0; i--) caller.Act();
        var state = new float[one.Layout.Size];
        one.Save(0, state);
        return state;
    }
}
