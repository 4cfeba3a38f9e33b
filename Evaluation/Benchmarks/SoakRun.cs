using System.Diagnostics;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>A long training run watched for what must not grow: memory, live tensors, and the time of a step.</summary>
/// <param name="Steps">Environment steps in all.</param>
/// <param name="Seconds">Time in all.</param>
/// <param name="Start">Over the tenth of the run that follows its first twentieth, which warms up.</param>
/// <param name="End">Over the last tenth.</param>
public sealed record SoakRun(long Steps, double Seconds, SoakRun.Span Start, SoakRun.Span End)
{
    private const int Twentieths = 20;

    /// <summary>Trains and watches.</summary>
    /// <param name="configuration">What to train; its steps say for how long.</param>
    /// <param name="watched">Called after each twentieth of the run, with its number.</param>
    public static SoakRun Run(TrainingConfiguration configuration, Action<int, Span>? watched = null)
    {
        using var trainer = new Trainer(configuration);
        var spans = new List<Span>();
        long updates = configuration.Updates;
        if (updates < Twentieths) throw new Environments.UserInputException($"A run of {configuration.Steps} steps has {updates} updates of {configuration.StepsPerUpdate} steps, too few to watch: choose at least {Twentieths * configuration.StepsPerUpdate} steps.");
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < Twentieths; i++)
        {
            long from = updates * i / Twentieths, to = updates * (i + 1) / Twentieths, at = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes();
            for (long update = from; update < to; update++) trainer.Update();
            long steps = (to - from) * configuration.StepsPerUpdate;
            spans.Add(new Span(
                steps / Stopwatch.GetElapsedTime(at).TotalSeconds, ProcessMemory.ResidentBytes, Tensor.TotalCount, GC.GetTotalMemory(forceFullCollection: true), (GC.GetTotalAllocatedBytes() - allocated) / (double)steps));
            watched?.Invoke(i + 1, spans[^1]);
        }
        return new SoakRun(trainer.Steps, Stopwatch.GetElapsedTime(began).TotalSeconds, Mean(spans[1..3]), Mean(spans[^2..]));
    }

    private static Span Mean(List<Span> spans) => new(
        spans.Average(span => span.StepsPerSecond), (long)spans.Average(span => span.ResidentBytes), spans.Max(span => span.LiveTensors),
        (long)spans.Average(span => span.ManagedBytes), spans.Average(span => span.AllocatedBytesPerStep));

    /// <summary>A part of the run.</summary>
    /// <param name="StepsPerSecond">Its speed.</param>
    /// <param name="ResidentBytes">Resident memory of the process at its end.</param>
    /// <param name="LiveTensors">Tensors that managed code holds at its end.</param>
    /// <param name="ManagedBytes">The managed heap at its end, after a collection.</param>
    /// <param name="AllocatedBytesPerStep">Managed bytes allocated per environment step: the objects that stand for tensors while learning; collecting allocates none.</param>
    public sealed record Span(double StepsPerSecond, long ResidentBytes, long LiveTensors, long ManagedBytes, double AllocatedBytesPerStep);
}
