using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Environment steps per second of training, and where the time goes, beside what the arithmetic allows.</summary>
/// <param name="StepsPerSecond">End to end.</param>
/// <param name="CollectStepsPerSecond">Collecting alone.</param>
/// <param name="UpdateStepsPerSecond">Learning alone.</param>
/// <param name="FloorStepsPerSecond">
/// The matrix products and the attention to what is visible alone, at the CPU's matrix rate measured in the same run; it says nothing about a run on a GPU.
/// </param>
/// <param name="MatrixGigaflops">That rate.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="Updates">Updates timed.</param>
/// <param name="Phases">Mean seconds of an update, by phase.</param>
/// <param name="FloorPhases">
/// What the products of acting, forward and backward take at that rate, and what the other phases must move takes at the read bandwidth
/// measured in the same run, in seconds of an update; zero for the environments.
/// </param>
/// <param name="PeakBytes">The most resident memory above what the process had before it made the trainer.</param>
/// <param name="FormulaBytes">The most that it may be, by <see cref="MemoryBudget.Estimate"/>.</param>
public sealed record TrainBenchmark(
    double StepsPerSecond, double CollectStepsPerSecond, double UpdateStepsPerSecond, double FloorStepsPerSecond, double MatrixGigaflops, long Parameters, int Updates,
    PhaseTimes Phases, PhaseTimes FloorPhases, long PeakBytes, long FormulaBytes)
{
    /// <summary>Times a configuration; the first updates warm up and do not count.</summary>
    /// <param name="configuration">What to time; its number of steps is not used.</param>
    /// <param name="updates">Updates to time.</param>
    public static TrainBenchmark Run(TrainingConfiguration configuration, int updates)
    {
        // The runtime compiles the acting engine's loops anew in the background while they run; that takes a second or so, not a number of updates.
        const int LeastWarmUp = 1, MostWarmUp = 100;
        const double WarmUpSeconds = 1.5;
        set_num_threads(configuration.Threads); // libtorch's matrix product is to use as many cores as learning does
        double rate = MachineRates.MatrixRate();
        ProcessMemory.ForgetPeak();
        long before = ProcessMemory.ResidentBytes;
        using var trainer = new Trainer(configuration with { Steps = (updates + MostWarmUp) * configuration.StepsPerUpdate });
        for (int i = 0; i < MostWarmUp && (i < LeastWarmUp || trainer.Seconds < WarmUpSeconds); i++) trainer.Update();
        PhaseTimes times = PhaseTimes.Zero;
        double attending = 0, projecting = 0; // multiply-adds of a pass, summed over the updates
        for (int i = 0; i < updates; i++)
        {
            times += trainer.Update().Phases;
            (long attended, long projected) = trainer.RecallOperations();
            (attending, projecting) = (attending + attended, projecting + projected);
        }
        double steps = (double)updates * configuration.StepsPerUpdate;
        // Every weight multiplies once per sample in collecting, and per epoch once forward and twice backward; two operations each. What a
        // memory does with what it remembers is counted from the rollouts: only what a step can see has to be computed.
        double weights = (double)trainer.Network.ParameterCount * configuration.StepsPerUpdate;
        double acting = 2 * (weights + (attending / updates)) / rate, pass = 2 * (weights + ((attending + projecting) / updates)) / rate;
        int epochs = configuration.Ppo.Epochs;
        long peak = Math.Max(0, ProcessMemory.PeakBytes - before); // a second run in one process lives on what the first left
        double arithmetic = acting + (3 * pass * epochs);
        PhaseTimes floor = Bytes(configuration, trainer) with { Acting = acting, Forward = pass * epochs, Backward = 2 * pass * epochs };
        return new TrainBenchmark(
            steps / (times.Collecting + times.Learning), steps / times.Collecting, steps / times.Learning, configuration.StepsPerUpdate / arithmetic, rate / 1e9,
            trainer.Network.ParameterCount, updates, times / updates, floor, peak, (long)MemoryBudget.Estimate(configuration, trainer.Network.ObservationSpace, trainer.Network.ActionSpace));
    }

    /// <summary>What the phases without arithmetic to speak of must move, at the bandwidth of one core for the weights and what belongs to them.</summary>
    private static PhaseTimes Bytes(TrainingConfiguration configuration, Trainer trainer)
    {
        PpoSettings ppo = configuration.Ppo;
        double weights = sizeof(float) * (double)trainer.Network.ParameterCount, observation = sizeof(float) * (double)trainer.Network.ObservationSpace.Size;
        double bandwidth = MachineRates.ReadBandwidth((long)(4 * weights));
        // Adam reads each thread's gradient, the weight and two means, and writes the latter three; once per minibatch.
        double optimizer = ppo.Epochs * ppo.Minibatches * (configuration.Threads + 6) * weights;
        // Observations are read and written once per epoch as minibatches are gathered; the weights twice on their way to the acting engine.
        double rest = (2 * ppo.Epochs * configuration.StepsPerUpdate * (observation + 1)) + (4 * weights);
        double collecting = 2 * configuration.StepsPerUpdate * (observation + (10 * sizeof(float)));
        return PhaseTimes.Zero with { CollectingRest = collecting / bandwidth, Optimizer = optimizer / bandwidth, LearningRest = rest / bandwidth };
    }
}
