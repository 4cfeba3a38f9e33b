using System.Diagnostics;

namespace RLSeq.Environments;

/// <summary>Checks of what steps cost and whether episodes end.</summary>
internal static class CostChecks
{
    private const int TimedSteps = 15;
    private const double SlowMilliseconds = 10;

    // A million steps of one millisecond are a thousand seconds.
    private const double HoursPerMillionSteps = 1000.0 / 3600;
    private const int WarmUpSteps = 300, MeasuredSteps = 1000, MeasuredRounds = 3, LongestEpisode = 100_000;

    /// <summary>
    /// The median of some steps stays far below what training could bear. The bound is far from what a busy machine adds: an environment
    /// beyond it waits for something.
    /// </summary>
    public static void Speed(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        var player = new BarePlayer(environment, subject.Seed);
        var milliseconds = new double[TimedSteps];
        for (int step = 0; step < TimedSteps; step++)
        {
            long began = Stopwatch.GetTimestamp();
            player.Step();
            milliseconds[step] = (Stopwatch.GetTimestamp() - began) * 1000.0 / Stopwatch.Frequency;
        }
        Array.Sort(milliseconds);
        double median = milliseconds[TimedSteps / 2];
        if (median < SlowMilliseconds) return;
        subject.IsSlow = true;
        subject.Warn(
            "slow",
            FormattableString.Invariant($"A step takes {median:0} ms, so a million steps take {median * HoursPerMillionSteps:0.0} hours per thread."),
            "Look for sleeping, waiting for frames or a network, and drawing in Step; let the world run as fast as it can. Fewer steps were checked because of it.");
    }

    /// <summary>A step allocates nothing.</summary>
    public static void Allocations(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        var player = new BarePlayer(environment, subject.Seed);
        for (int step = 0; step < WarmUpSteps; step++) player.Step();

        // The least of several counts: where the runtime compiles something in the middle of one, it may allocate some thousand bytes for
        // itself, such as for a larger table of the casts that it remembers; what a step allocates is in every one.
        long bytes = long.MaxValue;
        for (int round = 0; round < MeasuredRounds && bytes > 0; round++)
        {
            long counted = 0;
            for (int step = 0; step < MeasuredSteps; step++) counted += player.Step();
            bytes = Math.Min(bytes, counted);
        }
        if (bytes == 0) return;
        subject.Warn(
            "allocation",
            FormattableString.Invariant($"A step allocates {(double)bytes / MeasuredSteps:0.#} bytes on average."),
            "Make arrays and lists in the constructor and reuse them; look for LINQ, lambdas, boxing, string formatting and 'params' calls in Step.");
    }

    /// <summary>Episodes end.</summary>
    public static void EpisodesEnd(CheckSubject subject)
    {
        using IEnvironment environment = subject.Create();
        var player = new BarePlayer(environment, subject.Seed);
        for (int step = 0; step < LongestEpisode; step++)
        {
            player.Step();
            if (player.Episodes > 0) return;
        }
        subject.Warn(
            "endless",
            $"No episode ended within {LongestEpisode} random steps.",
            "Terminate when the task is done or failed, and truncate at a limit (Truncated: Steps >= limit), or no return will ever be reported.");
    }

    /// <summary>Plays without recording, so that only the environment can allocate.</summary>
    private sealed class BarePlayer
    {
        private readonly IEnvironment _environment;
        private readonly float[] _observation, _action;
        private readonly bool[] _mask;
        private readonly IActionMasking? _masking;
        private readonly MaskedSpace _actionSpace;
        private RandomSource _random;

        public BarePlayer(IEnvironment environment, ulong seed)
        {
            (_environment, _random) = (environment, new RandomSource(seed));
            (_observation, _action) = (new float[environment.ObservationSpace.Size], new float[environment.ActionSpace.Size]);
            _mask = new bool[environment.MaskSize()];
            _masking = environment.Ability<IActionMasking>();
            _actionSpace = new MaskedSpace(environment.ActionSpace);
            environment.Reset(_random.NextUInt64(), _observation);
        }

        /// <summary>The number of episodes that ended.</summary>
        public int Episodes { get; private set; }

        /// <summary>Steps, resets where needed, and gives the bytes that the step and the mask before it allocated.</summary>
        public long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _mask.AsSpan().Clear();
            if (_mask.Length > 0) _masking!.WriteActionMask(_mask);
            _actionSpace.Sample(_mask, ref _random, _action);
            StepResult result = _environment.Step(_action, _observation);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (result.Done)
            {
                Episodes++;
                _environment.Reset(_random.NextUInt64(), _observation);
            }
            return bytes;
        }
    }
}
