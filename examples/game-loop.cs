#!/usr/bin/env dotnet
// A game that asks a trained policy for actions every frame, at 60 Hz and at 1 kHz:
//   dotnet run -c Release examples/game-loop.cs runs/script/policy.rlseq
// It references Agents only: managed code, no native library, nothing allocated per frame, trimmed without warnings
// (scripts/check-trimming.sh publishes it as a program for a machine without .NET).
#:project ../Agents/RLSeq.Agents.csproj
#:property PublishAot=false
#:property PublishTrimmed=true
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using RLSeq.Agents;
using RLSeq.Environments;

const string Usage = "Usage: dotnet run examples/game-loop.cs POLICY [--rate HERTZ] [--seconds S] [--agents N] [--stages]";
if (args.Length == 0 || args[0].StartsWith('-')) return Refuse("the policy file is missing");
double rate = 0, seconds = 5, agents = 1;
bool stages = false;
for (int i = 1; i < args.Length; i++)
{
    bool known = args[i] switch
    {
        "--rate" => Read(ref i, 1, 10_000, out rate),
        "--seconds" => Read(ref i, 0.01, 86_400, out seconds),
        "--agents" => Read(ref i, 1, 10_000, out agents),
        "--stages" => stages = true,
        _ => false,
    };
    if (!known) return Refuse($"cannot understand '{args[i]}'");
}

try
{
    GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency; // no blocking collections while the game runs
    using var game = new Game(args[0], (int)agents, stages);
    game.WarmUp();
    foreach (double hertz in rate > 0 ? [rate] : new[] { 60.0, 1000 }) Play(game, hertz, seconds);
    return 0;
}
catch (UserInputException exception)
{
    Console.Error.WriteLine($"game-loop: {exception.Message}");
    return 2;
}

static void Play(Game game, double hertz, double seconds)
{
    long frames = (long)Math.Round(hertz * seconds), played = 0;
    var late = new LatencyHistogram(); // how long after its time a frame began
    game.Begin();
    var clock = new FrameClock(hertz);
    long allocated = GC.GetAllocatedBytesForCurrentThread();
    int collections = GC.CollectionCount(0); // only read: the report says how many fell into the game
    for (long frame = 0; frame < frames; played++)
    {
        late.RecordTicks(clock.WaitFor(frame));
        game.Frame();
        frame = Math.Max(frame, clock.Current) + 1; // a frame that took too long makes the next ones miss
    }
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
    collections = GC.CollectionCount(0) - collections;
    Print($"{hertz:0.##} Hz for {seconds:0.##} s: {frames} frames, {frames - played} missed; frames began late by p50 {late.Percentile(50) / 1e3:0.0} µs, p99 {late.Percentile(99) / 1e3:0.0} µs, max {late.Max / 1e3:0.0} µs");
    Print($"{game.Costs}");
    Print($"the loop allocated {allocated} bytes in {played} frames, with {collections} collections; reward {game.Reward:0.00} in {game.Episodes} episodes");
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

static int Refuse(string reason)
{
    Console.Error.WriteLine($"game-loop: {reason}. {Usage}");
    return 2;
}

bool Read(ref int i, double least, double most, out double value)
{
    bool isNumber = double.TryParse(i + 1 < args.Length ? args[i + 1] : "", CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    if (isNumber) i++;
    return isNumber;
}

/// <summary>Says when frames begin: sleeps while there is time, since sleeping is not exact, and spins for the rest.</summary>
sealed class FrameClock(double hertz)
{
    private static readonly long Inexact = Stopwatch.Frequency / 500; // what a sleep of 1 ms may take at worst: 2 ms
    private readonly double _ticks = Stopwatch.Frequency / hertz;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>The frame whose time it is.</summary>
    public long Current => (long)((Stopwatch.GetTimestamp() - _began) / _ticks);

    /// <summary>Waits until a frame begins.</summary>
    /// <returns>How late it is, in the stopwatch's ticks.</returns>
    public long WaitFor(long frame)
    {
        long due = _began + (long)Math.Ceiling(frame * _ticks), now = Stopwatch.GetTimestamp();
        for (; now < due; now = Stopwatch.GetTimestamp())
            if (due - now > Inexact) Thread.Sleep(1); // the rest of the frame belongs to others; sleeping longer would oversleep
            else Thread.SpinWait(10);
        return now - due;
    }
}

/// <summary>As many games as there are agents, each in its own episode; one frame is an action and a step of each.</summary>
sealed class Game : IDisposable
{
    private readonly IEnvironment[] _worlds;
    private readonly float[] _observations, _actions;
    private readonly bool[] _masks; // empty where the world forbids nothing
    private readonly bool[] _ended;
    private readonly LatencyRecorder _recorder;
    private readonly Action _act;
    private readonly Func<bool> _warmUp;
    private readonly Action<int> _reset;
    private ulong _seed;

    public Game(string path, int agents, bool stages)
    {
        var network = PolicyNetwork.Load(path);
        PolicyDefinition policy = network.Definition;
        if (!policy.Provenance.TryGetValue("environment", out string? name)) throw new UserInputException($"'{path}' does not say which environment it was trained in.");
        string wrappers = policy.Provenance.GetValueOrDefault("wrappers") ?? "";
        _worlds = [.. Enumerable.Range(0, agents).Select(_ => EnvironmentRegistry.Create(name, wrappers))];
        (_observations, _actions) = (new float[agents * _worlds[0].ObservationSpace.Size], new float[agents * _worlds[0].ActionSpace.Size]);
        _masks = new bool[agents * _worlds[0].MaskSize()];
        _ended = new bool[agents];
        if (agents == 1)
        {
            var agent = new Agent(network);
            (_recorder, _act, _reset) = (agent.Recorder, () => agent.Act(_observations, _masks, _actions), _ => agent.Reset());
            _warmUp = () => agent.WarmUp();
        }
        else
        {
            var batch = new AgentBatch(network, agents) { Recorder = new LatencyRecorder(Agent.WarmupActions) };
            int[] rows = [.. Enumerable.Range(0, agents)];
            (_recorder, _reset) = (batch.Recorder, batch.Reset);
            _act = () => batch.Act(rows, _observations, _masks, _actions);
            _warmUp = () => batch.WarmUp();
        }
        _recorder.Stages = stages;
    }

    public double Reward { get; private set; }

    public long Episodes { get; private set; }

    public LatencyReport Costs => _recorder.Report();

    /// <summary>While the game loads, the runtime compiles: first what acting needs, and then the game itself, which plays a little without a clock.</summary>
    public void WarmUp()
    {
        if (!_warmUp()) Console.Error.WriteLine("The runtime was still compiling when the warm-up ended: the first frames may be late.");
        Begin();
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(0.3);) Frame();
    }

    public void Begin()
    {
        Array.Fill(_ended, true);
        (Reward, Episodes) = (0, 0);
        _recorder.Reset();
    }

    public void Frame()
    {
        for (int i = 0; i < _worlds.Length; i++)
        {
            if (!_ended[i]) continue;
            _worlds[i].Reset(_seed++, Observation(i));
            _reset(i);
            Episodes++;
        }
        int choices = _masks.Length / _worlds.Length, size = _actions.Length / _worlds.Length;
        for (int i = 0; choices > 0 && i < _worlds.Length; i++) _worlds[i].Ability<IActionMasking>()!.WriteActionMask(_masks.AsSpan(i * choices, choices));
        _act();
        for (int i = 0; i < _worlds.Length; i++)
        {
            StepResult result = _worlds[i].Step(_actions.AsSpan(i * size, size), Observation(i));
            (Reward, _ended[i]) = (Reward + result.Reward, result.Done);
        }
    }

    public void Dispose()
    {
        foreach (IEnvironment world in _worlds) world.Dispose();
    }

    private Span<float> Observation(int i) => _observations.AsSpan(i * (_observations.Length / _worlds.Length), _observations.Length / _worlds.Length);
}
