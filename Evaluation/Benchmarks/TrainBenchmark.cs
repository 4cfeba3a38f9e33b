using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Environment steps per second of training, by phase, beside what the arithmetic allows.</summary>
/// <param name="StepsPerSecond">End to end.</param>
/// <param name="CollectStepsPerSecond">Collecting alone.</param>
/// <param name="UpdateStepsPerSecond">Learning alone.</param>
/// <param name="FloorStepsPerSecond">The matrix products alone, at the CPU's matrix rate measured in the same run; it says nothing about a run on a GPU.</param>
/// <param name="MatrixGigaflops">That rate.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="Updates">Updates timed.</param>
public sealed record TrainBenchmark(
    double StepsPerSecond, double CollectStepsPerSecond, double UpdateStepsPerSecond, double FloorStepsPerSecond, double MatrixGigaflops, long Parameters, int Updates)
{
    /// <summary>Times a configuration; the first update warms up and does not count.</summary>
    /// <param name="configuration">What to time; its number of steps is not used.</param>
    /// <param name="updates">Updates to time.</param>
    public static TrainBenchmark Run(TrainingConfiguration configuration, int updates)
    {
        using var trainer = new Trainer(configuration with { Steps = (updates + 1) * configuration.StepsPerUpdate });
        double rate = MachineRates.MatrixRate();
        trainer.Update();
        double collect = 0, update = 0;
        for (int i = 0; i < updates; i++)
        {
            TrainingProgress progress = trainer.Update();
            collect += progress.CollectSeconds;
            update += progress.UpdateSeconds;
        }
        double steps = (double)updates * configuration.StepsPerUpdate;
        // Every weight multiplies once per sample in collecting, and per epoch once forward and twice backward; two operations each.
        double operations = 2.0 * trainer.Network.ParameterCount * (1 + (3 * configuration.Ppo.Epochs));
        return new TrainBenchmark(steps / (collect + update), steps / collect, steps / update, rate / operations, rate / 1e9, trainer.Network.ParameterCount, updates);
    }
}
