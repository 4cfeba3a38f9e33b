using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// One evaluation: an agent that plays episode after episode. There is one loop for every clock, because a world that waits for the agent is one
/// under a simulated clock whose agent thinks in no time.
/// </summary>
internal sealed class EvaluationRun : IDisposable
{
    /// <summary>Keeps what the warm-up plays apart from the episodes.</summary>
    private const ulong WarmupStream = 0x7761726D; // "warm"

    private static readonly ClockSettings Waiting = new(TimeSpan.FromSeconds(1));

    private readonly EvaluationSettings _settings;
    private readonly EvaluationClock? _clock;
    private readonly ISuccess? _success;
    private readonly CancellationToken _cancellation;
    private readonly Agent _agent;
    private readonly IClockedWorld _world;
    private readonly WallClockWorld? _wall;
    private readonly float[] _observation, _action;
    private readonly bool[] _mask;
    private readonly EvaluationTelemetry _telemetry;
    private readonly LatencyHistogram _latency = new(), _warmup = new(), _episode = new();
    private readonly LatencyRecording _positions;
    private readonly ClockJitter _jitter = new();

    public EvaluationRun(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings, bool reports, CancellationToken cancellation)
    {
        (_settings, _clock, _cancellation) = (settings, settings.Clock, cancellation);
        _success = environment.Ability<ISuccess>();
        _agent = new Agent(network, settings.Seed) { Selection = settings.Selection };
        _telemetry = new EvaluationTelemetry(network.Definition, environment);
        _positions = new LatencyRecording(settings.KeepLatencies);
        _action = new float[environment.ActionSpace.Size];
        _mask = new bool[environment.MaskSize()];
        _observation = new float[network.Definition.ObservationSpace.Size];
        if (_clock is not null) WarmUp(_clock, new RealTimeWorld(environment, _clock.Settings, reports));
        else if (settings.WarmUp) _agent.WarmUp(cancellation);
        _wall = _clock is { Wall: true } ? new WallClockWorld(environment, _clock.Settings, reports, cancellation) : null;
        _world = _wall ?? (IClockedWorld)new RealTimeWorld(environment, _clock?.Settings ?? Waiting, reports);
    }

    /// <summary>Plays all episodes.</summary>
    public EvaluationResult Play()
    {
        using Activity? activity = RLSeqTelemetry.Activities.StartActivity("rlseq.evaluation");
        long began = Stopwatch.GetTimestamp();
        var episodes = new EpisodeRecord[_settings.Episodes];
        for (int episode = 0; episode < episodes.Length; episode++)
        {
            using Activity? span = EvaluationTelemetry.Start();
            episodes[episode] = PlayEpisode(Evaluator.EpisodeSeed(_settings.Seed, episode));
            _telemetry.Record(span, episode, episodes[episode], _clock is not null);
        }
        return new EvaluationResult(_clock, episodes, _latency, _warmup, _positions, _wall is null ? null : _jitter, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    public void Dispose() => _wall?.Dispose();

    private EpisodeRecord PlayEpisode(ulong seed)
    {
        _episode.Reset();
        _agent.Reset(); // before the world, whose time begins with its reset
        (CollectionCounts collections, long allocated) = (CollectionCounts.Now, _agent.Recorder.AllocatedBytes);
        _world.Reset(seed, _observation);
        double sum = 0;
        StepResult result;
        do
        {
            _cancellation.ThrowIfCancellationRequested();
            long decision = _world.Counts.Decisions, latency = Act(seed, decision, out bool isWarm);
            result = _world.Advance(_action, _clock is null ? 0 : latency, _observation);
            foreach (float reward in _world.TickRewards) sum += reward;
            Record(decision, latency, isWarm);
        }
        while (!result.Done && _world.Counts.Ticks < _settings.MaxSteps);
        _wall?.Stop(); // where the episode was too long
        if (_wall is not null) _jitter.Merge(_wall.Jitter);
        bool? success = result.Done ? _success?.Succeeded : null;
        return new EpisodeRecord(
            sum, success, _world.Counts, LatencySummary.Of(_episode), _agent.Recorder.AllocatedBytes - allocated, CollectionCounts.Now.Since(collections),
            _wall is null ? null : LatencySummary.Of(_wall.Jitter.Published));
    }

    /// <summary>Chooses an action. Returns its latency, and whether that tells anything: the runtime may still be compiling.</summary>
    private long Act(ulong seed, long decision, out bool isWarm)
    {
        _world.WriteActionMask(_mask);
        bool wasWarm = _agent.Latency.IsWarm;
        _agent.Act(_observation, _mask, _action);
        isWarm = wasWarm || _clock?.Replayed is not null;
        return _clock?.Replayed?.Nanoseconds(seed, decision) ?? (long)_agent.Recorder.LastNanoseconds;
    }

    private void Record(long decision, long latency, bool isWarm)
    {
        if (!isWarm)
        {
            _warmup.Record(latency);
            return;
        }
        _episode.Record(latency);
        _latency.Record(latency);
        _positions.Record(decision, latency);
    }

    /// <summary>Plays a world that waits, until the runtime has compiled the agent: an inference that counts under a clock must not contain that.</summary>
    private void WarmUp(EvaluationClock clock, RealTimeWorld world)
    {
        long began = Stopwatch.GetTimestamp();
        for (ulong episode = 0; !_agent.Latency.IsWarm || Stopwatch.GetElapsedTime(began) < clock.Warmup; episode++)
        {
            _agent.Reset();
            world.Reset(RandomSource.Derive(RandomSource.Derive(_settings.Seed, WarmupStream), episode), _observation);
            do
            {
                _cancellation.ThrowIfCancellationRequested();
                world.WriteActionMask(_mask);
                _agent.Act(_observation, _mask, _action);
                _warmup.Record((long)_agent.Recorder.LastNanoseconds);
            }
            while (!world.Advance(_action, 0, _observation).Done && (!_agent.Latency.IsWarm || Stopwatch.GetElapsedTime(began) < clock.Warmup));
        }
        _agent.Steps = 0; // sampling begins where it would have begun
    }
}
