using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Training here and in plain PyTorch, taken in turns: a machine's speed changes from minute to minute, so only figures taken one after
/// the other are held against each other, and the medians over the turns are what counts.
/// </summary>
/// <param name="PeerThreads">The thread counts that PyTorch was given.</param>
/// <param name="Turns">What each turn measured.</param>
public sealed record TrainComparison(IReadOnlyList<int> PeerThreads, IReadOnlyList<TrainComparison.Turn> Turns)
{
    /// <summary>Our environment steps per second, the median.</summary>
    public double StepsPerSecond => Median(Turns.Select(turn => turn.Ours.StepsPerSecond));

    /// <summary>Our share of the floor that was measured in the same turn, the median.</summary>
    public double FloorShare => Median(Turns.Select(turn => turn.Ours.StepsPerSecond / turn.Ours.FloorStepsPerSecond));

    /// <summary>The thread count with which PyTorch was fastest, by the median.</summary>
    public int PeerBestThreads => PeerThreads[Best];

    /// <summary>PyTorch's steps per second with that, the median.</summary>
    public double PeerStepsPerSecond => Median(Turns.Select(turn => turn.Peer[Best]));

    /// <summary>How many times as fast training is here, with PyTorch at its best thread count: the median of the turns' ratios.</summary>
    public double Ratio => Median(Turns.Select(turn => turn.Ours.StepsPerSecond / turn.Peer[Best]));

    /// <summary>The turn whose ratio is the median, or the lower of the two in the middle.</summary>
    public Turn Middle => Turns.OrderBy(turn => turn.Ours.StepsPerSecond / turn.Peer[Best]).ElementAt((Turns.Count - 1) / 2);

    private int Best => Enumerable.Range(0, PeerThreads.Count).MaxBy(i => Median(Turns.Select(turn => turn.Peer[i])));

    /// <summary>Measures.</summary>
    /// <param name="configuration">The sizes; the memory is an LSTM, which is what the script has.</param>
    /// <param name="updates">Our updates to time in each turn.</param>
    /// <param name="turns">How often both are measured.</param>
    /// <param name="measured">Called after every turn.</param>
    /// <exception cref="UserInputException">The memory is another one, or PyTorch is missing.</exception>
    public static TrainComparison Run(TrainingConfiguration configuration, int updates, int turns, Action<Turn>? measured = null)
    {
        const int PeerUpdates = 3;
        if (!string.Equals(configuration.Memory.Name, "lstm", StringComparison.OrdinalIgnoreCase))
            throw new UserInputException($"The PyTorch script trains an LSTM, and the memory is {configuration.Memory.Name}: compare --memory lstm.");
        TrainPeer peer = TrainPeer.Find();
        int[] threads = [.. new[] { 1, configuration.Threads }.Distinct()];
        var taken = new List<Turn>();
        for (int i = 0; i < turns; i++)
        {
            var turn = new Turn(TrainBenchmark.Run(configuration, updates), [.. threads.Select(count => peer.StepsPerSecond(configuration, count, PeerUpdates))]);
            taken.Add(turn);
            measured?.Invoke(turn);
        }
        return new TrainComparison(threads, taken);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Both sides, one after the other.</summary>
    /// <param name="Ours">What was measured here.</param>
    /// <param name="Peer">PyTorch's steps per second for each of the thread counts.</param>
    public sealed record Turn(TrainBenchmark Ours, IReadOnlyList<double> Peer);
}
