using System.Diagnostics;

namespace RLSeq.Agents;

/// <summary>
/// What calls of <see cref="Agent.Act(ReadOnlySpan{float}, Span{float})"/> or <see cref="IAgentBatch.Act"/> cost: the time of each,
/// split by stage when asked, the bytes allocated and the collections that fell into them. Recording allocates nothing, and reports to
/// <see cref="RLSeqTelemetry"/>. Not for several threads at once: give each its own and <see cref="Merge"/> them.
/// </summary>
/// <remarks>
/// One recorded call costs two timestamps of <see cref="Stopwatch"/> (some 25 ns each, of which about one lies within the time recorded), two
/// looks at the counters of the collector (some 7 ns each) and an entry of a histogram; stages add three timestamps, which lie within, and four
/// entries, which do not: everything is entered when the call has ended, so one that throws leaves no trace.
/// <c>rlseq bench act</c> prints both sums as <c>recording_ns</c> and <c>recording_stages_ns</c>.
/// </remarks>
public sealed class LatencyRecorder
{
    /// <summary>The collector's generations: 0, 1 and 2.</summary>
    public const int Generations = 3;

    internal const int StageCount = 4;

    private static readonly int Counted = Math.Min(Generations, GC.MaxGeneration + 1); // Unity's collector has one generation

    private readonly long[] _collections = new long[Generations];
    private readonly int[] _collectionsBefore = new int[Generations];
    private readonly long[] _stageTicks = new long[StageCount]; // of the call under way
    private LatencyHistogram[]? _stages;
    private bool _splits, _silent;
    private int _ended; // the stages of the call under way that have ended, a bit each
    private long _began, _staged, _allocatedBefore, _lastTicks;

    /// <summary>Makes an empty recorder.</summary>
    /// <param name="warmupCalls">How many of the first calls are kept apart, as they include the runtime's compilation.</param>
    public LatencyRecorder(long warmupCalls = 0) => Calls = new LatencyHistogram(warmupCalls);

    /// <summary>One that reports to nobody: for calls that are none of a game's.</summary>
    internal static LatencyRecorder Silent() => new() { _silent = true };

    /// <summary>The times of whole calls in nanoseconds, those of the warm-up apart in its <see cref="LatencyHistogram.Warmup"/>.</summary>
    public LatencyHistogram Calls { get; }

    /// <summary>The time of the last call in nanoseconds, be it warm-up or not; 0 before the first.</summary>
    public double LastNanoseconds => _lastTicks * (1e9 / Stopwatch.Frequency);

    /// <summary>The actions chosen by the calls recorded: the sum of their rows, those of the warm-up not counted.</summary>
    public long Actions { get; private set; }

    /// <summary>The managed bytes that the calls recorded allocated on their thread, those of the warm-up not counted.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>
    /// Whether calls are split by stage; false at first. While it is false a stage costs nothing but a branch. What was recorded stays
    /// when it is switched off.
    /// </summary>
    public bool Stages
    {
        get => _splits;
        set
        {
            if (value && _stages is null)
            {
                _stages = new LatencyHistogram[StageCount];
                for (int i = 0; i < StageCount; i++) _stages[i] = new LatencyHistogram();
            }
            _splits = value;
        }
    }

    /// <summary>The times of one stage in nanoseconds, those of the warm-up left out; null if <see cref="Stages"/> was never switched on.</summary>
    /// <param name="stage">The stage.</param>
    public LatencyHistogram? Stage(ActionStage stage) => _stages?[(int)stage];

    /// <summary>The collections of one generation, whoever caused them, that fell into the calls recorded, those of the warm-up not counted.</summary>
    /// <param name="generation">0 to 2; a collection of a generation counts for the younger ones too, as in <see cref="GC.CollectionCount"/>.</param>
    public long Collections(int generation) => _collections[generation];

    /// <summary>Begins a call. A call that throws, and so never comes to <see cref="End"/>, is not recorded: the next one begins anew.</summary>
    public void Begin()
    {
        _ended = 0;
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        // Only reads the runtime's counters: a collection that falls into an action explains a slow one.
        for (int i = 0; i < Counted; i++) _collectionsBefore[i] = GC.CollectionCount(i);
        _began = _staged = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends a stage, which began where the one before ended. Does nothing unless <see cref="Stages"/>.</summary>
    /// <param name="stage">The stage; the last one, <see cref="ActionStage.Sample"/>, is ended by <see cref="End"/>.</param>
    public void EndStage(ActionStage stage)
    {
        if (_splits) EndStage(stage, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends a call and records it.</summary>
    /// <param name="rows">The actions that it chose.</param>
    public void End(int rows)
    {
        long now = Stopwatch.GetTimestamp(), ticks = now - _began;
        _lastTicks = ticks;
        bool isWarm = Calls.IsWarm;
        Calls.RecordTicks(ticks);
        // All that is counted comes before any listener is told: what a listener allocates is no action's.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        if (isWarm) (Actions, AllocatedBytes) = (Actions + rows, AllocatedBytes + allocated);
        if (allocated != 0 && !_silent) RLSeqTelemetry.CountAllocated(allocated);
        for (int i = 0; i < Counted; i++)
        {
            int collections = GC.CollectionCount(i) - _collectionsBefore[i];
            if (collections == 0) break; // an older generation is collected with all younger ones
            if (isWarm) _collections[i] += collections;
            if (!_silent) RLSeqTelemetry.CountCollections(i, collections);
        }
        if (_splits)
        {
            EndStage(ActionStage.Sample, now);
            RecordStages(isWarm);
        }
        if (RLSeqTelemetry.ActionDuration.Enabled && !_silent) RLSeqTelemetry.ActionDuration.Record(ticks / (double)Stopwatch.Frequency);
    }

    /// <summary>A readable copy of all this.</summary>
    public LatencyReport Report() => new(this);

    /// <summary>Adds what another recorder holds, such as that of another thread's agents.</summary>
    /// <param name="other">The other; unchanged.</param>
    public void Merge(LatencyRecorder other)
    {
        Calls.Merge(other.Calls);
        if (other._stages is not null)
        {
            bool splits = _splits;
            Stages = true; // makes the histograms
            _splits = splits;
            for (int i = 0; i < StageCount; i++) _stages![i].Merge(other._stages[i]);
        }
        for (int i = 0; i < Generations; i++) _collections[i] += other._collections[i];
        (Actions, AllocatedBytes) = (Actions + other.Actions, AllocatedBytes + other.AllocatedBytes);
    }

    /// <summary>Forgets all records. A warm-up that is over stays over: the process is warm.</summary>
    public void Reset()
    {
        Calls.Reset();
        if (_stages is not null)
            foreach (LatencyHistogram stage in _stages) stage.Reset();
        Array.Clear(_collections, 0, Generations);
        (Actions, AllocatedBytes) = (0, 0);
    }

    private void EndStage(ActionStage stage, long now)
    {
        _stageTicks[(int)stage] = now - _staged;
        _ended |= 1 << (int)stage;
        _staged = now;
    }

    /// <summary>Records the stages that the call had; one whose <see cref="Stages"/> were switched on in its middle lacks the first.</summary>
    private void RecordStages(bool isWarm)
    {
        for (ActionStage stage = ActionStage.Encode; stage <= ActionStage.Sample; stage++)
        {
            if ((_ended & (1 << (int)stage)) == 0) continue;
            long ticks = _stageTicks[(int)stage];
            if (isWarm) _stages![(int)stage].RecordTicks(ticks);
            if (RLSeqTelemetry.StageDuration.Enabled && !_silent) RLSeqTelemetry.StageDuration.Record(ticks / (double)Stopwatch.Frequency, RLSeqTelemetry.StageTag(stage));
        }
    }
}
