using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Training with two memories, taken in turns, since a machine's speed changes from minute to minute.</summary>
/// <param name="Turns">What each turn measured: the memory in question, and the other one right after it.</param>
public sealed record MemoryComparison(IReadOnlyList<(TrainBenchmark Memory, TrainBenchmark Other)> Turns)
{
    /// <summary>How many times as fast the memory is as the other one: the median of the turns' ratios.</summary>
    public double Ratio => Median(turn => turn.Memory.StepsPerSecond / turn.Other.StepsPerSecond);

    /// <summary>The memory's environment steps per second, the median.</summary>
    public double StepsPerSecond => Median(turn => turn.Memory.StepsPerSecond);

    /// <summary>The other one's, the median.</summary>
    public double OtherStepsPerSecond => Median(turn => turn.Other.StepsPerSecond);

    /// <summary>The memory's turn whose ratio is the median, or the lower of the two in the middle.</summary>
    public TrainBenchmark Middle => Turns.OrderBy(turn => turn.Memory.StepsPerSecond / turn.Other.StepsPerSecond).ElementAt((Turns.Count - 1) / 2).Memory;

    /// <summary>Measures.</summary>
    /// <param name="configuration">The sizes, and the memory in question.</param>
    /// <param name="other">The other memory, at the same sizes.</param>
    /// <param name="updates">Updates to time in each turn, of each.</param>
    /// <param name="turns">How often both are measured.</param>
    /// <param name="measured">Called after every turn.</param>
    /// <exception cref="Environments.UserInputException">The other memory does not exist, or the sizes do not fit it.</exception>
    public static MemoryComparison Run(TrainingConfiguration configuration, string other, int updates, int turns, Action<TrainBenchmark, TrainBenchmark>? measured = null)
    {
        TrainingConfiguration against = configuration with { Memory = configuration.Memory with { Name = other } };
        against.Validate();
        var taken = new List<(TrainBenchmark, TrainBenchmark)>();
        for (int i = 0; i < turns; i++)
        {
            (TrainBenchmark Memory, TrainBenchmark Other) turn = (TrainBenchmark.Run(configuration, updates), TrainBenchmark.Run(against, updates));
            taken.Add(turn);
            measured?.Invoke(turn.Memory, turn.Other);
        }
        return new MemoryComparison(taken);
    }

    private double Median(Func<(TrainBenchmark Memory, TrainBenchmark Other), double> of)
    {
        double[] sorted = [.. Turns.Select(of).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
