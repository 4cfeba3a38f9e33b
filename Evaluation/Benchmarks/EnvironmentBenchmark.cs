using System.Diagnostics;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Steps per second of an environment on one core, vectorised, with random actions drawn beforehand; with action masks they are drawn
/// as the masks come, and drawing them counts. Beside it what the vectorised interface reaches with an environment of the same spaces
/// that does nothing: no environment can be faster.
/// </summary>
/// <param name="StepsPerSecond">The median over the repetitions.</param>
/// <param name="AllocatedBytesPerStep">Managed bytes.</param>
/// <param name="InterfaceStepsPerSecond">The same of an environment that does nothing.</param>
public sealed record EnvironmentBenchmark(double StepsPerSecond, double AllocatedBytesPerStep, double InterfaceStepsPerSecond)
{
    private const int Rows = 64, Batches = 256, Repetitions = 7;

    /// <summary>Times an environment.</summary>
    /// <param name="create">Makes it.</param>
    /// <param name="secondsPerRepetition">How long each repetition runs.</param>
    public static EnvironmentBenchmark Run(Func<IEnvironment> create, double secondsPerRepetition = 0.3)
    {
        using var environments = new VectorEnvironment(create, Rows);
        using var idle = new VectorEnvironment(() => new Idle(environments.ObservationSpace, environments.ActionSpace), Rows);
        (double steps, double bytes) = Time(environments, secondsPerRepetition);
        (double limit, _) = Time(idle, secondsPerRepetition / 3);
        return new EnvironmentBenchmark(steps, bytes, limit);
    }

    private static (double StepsPerSecond, double BytesPerStep) Time(VectorEnvironment environments, double secondsPerRepetition)
    {
        environments.Reset(1);
        int size = environments.ActionSize;
        var random = new RandomSource(1);
        var masked = new MaskedSpace(environments.ActionSpace);
        var actions = new float[Batches * Rows * size];
        for (int i = 0; i < Batches * Rows; i++) environments.ActionSpace.Sample(ref random, actions.AsSpan(i * size, size));
        Warmup.Run(StepBatches);

        var rates = new double[Repetitions];
        long steps = 0, before = GC.GetAllocatedBytesForCurrentThread();
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            long began = Stopwatch.GetTimestamp(), from = steps;
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < secondsPerRepetition)
            {
                StepBatches();
                steps += Batches * Rows;
            }
            rates[repetition] = (steps - from) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        double allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / steps;
        Array.Sort(rates);
        return (rates[Repetitions / 2], allocated);

        void StepBatches()
        {
            for (int i = 0; i < Batches; i++) Step(i);
        }

        void Step(int batch)
        {
            Span<float> batchActions = actions.AsSpan(batch * Rows * size, Rows * size);
            int masks = environments.MaskSize;
            for (int row = 0; masks > 0 && row < Rows; row++)
                masked.Sample(environments.Masks.Slice(row * masks, masks), ref random, batchActions.Slice(row * size, size));
            environments.Step(0, Rows, batchActions);
        }
    }

    /// <summary>Observes zeros for ever.</summary>
    private sealed class Idle(Space observations, Space actions) : EnvironmentBase(observations, actions)
    {
        protected override void OnReset(Span<float> observation) => observation.Clear();

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation.Clear();
            return default;
        }
    }
}
