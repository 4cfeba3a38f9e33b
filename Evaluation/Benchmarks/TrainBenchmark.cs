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
/// <param name="FloorPhases">What the products of acting, forward and backward take at that rate, in seconds of an update; zero elsewhere.</param>
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
        PhaseTimes floor = PhaseTimes.Zero with { Acting = acting, Forward = pass * epochs, Backward = 2 * pass * epochs };
        return new TrainBenchmark(
            steps / (times.Collecting + times.Learning), steps / times.Collecting, steps / times.Learning, configuration.StepsPerUpdate / (floor.Collecting + floor.Learning), rate / 1e9,
            trainer.Network.ParameterCount, updates, times / updates, floor, ProcessMemory.PeakBytes - before, (long)MemoryBudget.Estimate(configuration, trainer.Network.ObservationSpace));
    }
}
