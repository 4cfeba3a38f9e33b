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

    /// <summary>The same for <see cref="Shortest"/>.</summary>
    public double Repeat() => Repeat(Act);

    /// <summary>The same for anything.</summary>
    public static double Repeat(Action call) => Repeat(call, Shortest);

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
