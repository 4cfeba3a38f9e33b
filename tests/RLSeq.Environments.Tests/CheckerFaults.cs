using MessagePack;

namespace RLSeq.Environments.Tests;

/// <summary>What can be wrong with <see cref="FaultyEnvironment"/>.</summary>
public enum Fault
{
    None,
    ObservationOutside,
    ObservationNaN,
    ObservationUnwritten,
    ObservationRead,
    ObservationTooShort,
    RewardNaN,
    BothEnds,
    Unseeded,
    SharedGenerator,
    ForgottenReset,
    SeedIgnored,
    Allocates,
    Endless,
    Throws,
    SavesTooLittle,
    SavesTwoValues,
    SavingDraws,
    RestoreThrows,
    SaveThrows,
    SpacesChange,
    SpacesDrift,
    WallClock,
    ProcessCounter,
    ActionsIgnored,
    ActionChanged,
    ActionOutsideAccepted,
    StepsAfterTheEnd,
    StepsBeforeReset,
    DisposeThrows,
    DisposeTwice,
    Slow,
    TextDraws,
    TextMoves,
    TextThrows,
    ImageUnwritten,
    ImageWithoutSize,
    FullStateOutside,
    FullStateUnwritten,
    FullStateCounts,
}

/// <summary>A random walk of at most 20 steps, right but for one planted fault.</summary>
public sealed class FaultyEnvironment(Fault fault) : IEnvironment, ISaveable, ITextRenderable, IImageRenderable, IFullState
{
    private static readonly Random Unseeded = new();
    private static RandomSource _shared;
    private static int _made, _slowSteps, _processSteps;
    private readonly int _count = 10 + (fault == Fault.SpacesChange ? _made++ : 0);
    private RandomSource _random = new(1);
    private int _place, _steps, _looks;
    private bool _running, _disposed;

    public Space ObservationSpace => Space.Tuple(Space.Discrete(_count + (fault == Fault.SpacesDrift && _steps > 15 ? 1 : 0)), Space.Box(0, 1, 2));

    public int ImageWidth => fault == Fault.ImageWithoutSize ? 0 : 10;

    public int ImageHeight => 1;

    public Space FullStateSpace => Space.Tuple(Space.Discrete(fault == Fault.FullStateOutside ? 4 : 10), Space.Box(0, 20, 1));

    public Space ActionSpace { get; } = Space.Discrete(3);

    public object? Garbage { get; private set; }

    public void Reset(ulong seed, Span<float> observation)
    {
        _random = _shared = new RandomSource(fault == Fault.SeedIgnored ? 1 : seed);
        _place = 5;
        if (fault != Fault.ForgottenReset) _steps = 0;
        _running = true;
        Observe(observation);
    }

    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (!_running && fault is not (Fault.StepsAfterTheEnd or Fault.StepsBeforeReset)) throw new InvalidOperationException("Not running.");
        if (!_running && fault == Fault.StepsAfterTheEnd && _steps == 0) throw new InvalidOperationException("Not running.");
        if (!_running && fault == Fault.StepsBeforeReset && _steps > 0) throw new InvalidOperationException("Not running.");
        if (fault != Fault.ActionOutsideAccepted && !ActionSpace.Contains(action)) throw new ArgumentOutOfRangeException(nameof(action));
        if (fault == Fault.Slow && _slowSteps++ < 15) Thread.Sleep(25); // the fault itself: a step that waits, as long as the checker times it
        _steps++;
        int choice = fault == Fault.ActionsIgnored || float.IsNaN(action[0]) ? 1 : (int)action[0];
        if (fault == Fault.ActionChanged) System.Runtime.InteropServices.MemoryMarshal.GetReference(action) = 0;
        int wind = fault switch
        {
            Fault.Unseeded => Unseeded.Next(3),
            Fault.SharedGenerator => _shared.NextInt(3),
            Fault.WallClock => (int)(System.Diagnostics.Stopwatch.GetTimestamp() / 3 % 3),
            Fault.ProcessCounter => _processSteps++ % 3,
            _ => _random.NextInt(3),
        };
        _place += choice + wind - 2;
        if (fault == Fault.ObservationRead) _place = (int)observation[0] + wind;
        bool outside = _place is < 0 or > 9;
        if (fault != Fault.ObservationOutside) _place = Math.Clamp(_place, 0, 9);
        if (fault == Fault.Allocates) Garbage = new int[3];
        if (fault == Fault.Throws && action[0] == 2 && _steps == 3) throw new InvalidOperationException("No action 2 here.");
        Observe(observation);
        bool late = _steps >= 20, over = outside && fault != Fault.ObservationOutside;
        _running = fault == Fault.Endless || (!over && !late);
        if (fault == Fault.Endless) return new(0, false, false);
        return new(fault == Fault.RewardNaN && _steps == 4 ? float.NaN : 1, over, late && (fault == Fault.BothEnds || !over));
    }

    public void Save(ref MessagePackWriter writer)
    {
        if (fault == Fault.SaveThrows) throw new InvalidCastException("No such place.");
        if (fault == Fault.SavingDraws) _random.NextUInt64();
        if (fault != Fault.SavesTwoValues) writer.WriteArrayHeader(7);
        writer.Write(_running);
        writer.Write(_place);
        writer.Write(fault == Fault.SavesTooLittle ? 0 : _steps);
        (ulong a, ulong b, ulong c, ulong d) = _random.State;
        writer.Write(a);
        writer.Write(b);
        writer.Write(c);
        writer.Write(d);
    }

    public void Restore(ref MessagePackReader reader)
    {
        if (fault != Fault.SavesTwoValues) reader.ReadArrayHeader();
        if (fault == Fault.RestoreThrows) throw new InvalidCastException("No such place.");
        _running = reader.ReadBoolean();
        (_place, _steps) = (reader.ReadInt32(), reader.ReadInt32());
        _random = new RandomSource((reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
    }

    public void Dispose()
    {
        if (fault == Fault.DisposeThrows) throw new InvalidOperationException("Nothing to dispose of.");
        if (fault == Fault.DisposeTwice && _disposed) throw new InvalidOperationException("Disposed of already.");
        _disposed = true;
    }

    public void Render(TextWriter output)
    {
        if (fault == Fault.TextThrows && !_running) throw new InvalidOperationException("Nothing to draw.");
        int mark = fault == Fault.TextDraws ? _looks++ : 0;
        if (fault == Fault.TextMoves) _steps = Math.Min(19, _steps + 1);
        output.Write($"{_place} {mark}");
    }

    public void RenderImage(Span<byte> pixels)
    {
        if (fault != Fault.ImageUnwritten) pixels.Clear();
        pixels[3 * Math.Clamp(_place, 0, 9)] = 255;
    }

    public void WriteFullState(Span<float> state)
    {
        if (fault == Fault.FullStateCounts) _looks++;
        state[0] = Math.Clamp(_place, 0, 9);
        if (fault != Fault.FullStateUnwritten) state[1] = fault == Fault.FullStateCounts ? _looks % 20 : Math.Min(20, _steps);
    }

    private void Observe(Span<float> observation)
    {
        observation[0] = _place;
        observation[1] = fault == Fault.ObservationNaN && _steps == 2 ? float.NaN : _steps / 20f;
        if (fault == Fault.ForgottenReset) observation[1] = Math.Min(1, observation[1]);
        if (fault is Fault.Endless or Fault.ObservationOutside) observation[1] = 0;
        if (fault == Fault.ObservationTooShort) observation[3] = 1;
        if (fault != Fault.ObservationUnwritten || _steps == 0) observation[2] = 0.5f;
    }
}
