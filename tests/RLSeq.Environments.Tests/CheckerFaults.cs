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
    SpacesChange,
}

/// <summary>A random walk of at most 20 steps, right but for one planted fault.</summary>
public sealed class FaultyEnvironment(Fault fault) : IEnvironment, ISaveable
{
    private static readonly Random Unseeded = new();
    private static RandomSource _shared;
    private static int _made;
    private readonly int _count = 10 + (fault == Fault.SpacesChange ? _made++ : 0);
    private RandomSource _random;
    private int _place, _steps;

    public Space ObservationSpace => Space.Tuple(Space.Discrete(_count), Space.Box(0, 1, 2));

    public Space ActionSpace => Space.Discrete(3);

    public object? Garbage { get; private set; }

    public void Reset(ulong seed, Span<float> observation)
    {
        _random = _shared = new RandomSource(fault == Fault.SeedIgnored ? 1 : seed);
        _place = 5;
        if (fault != Fault.ForgottenReset) _steps = 0;
        Observe(observation);
    }

    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        _steps++;
        int wind = fault switch
        {
            Fault.Unseeded => Unseeded.Next(3),
            Fault.SharedGenerator => _shared.NextInt(3),
            _ => _random.NextInt(3),
        };
        _place += (int)action[0] + wind - 2;
        if (fault == Fault.ObservationRead) _place = (int)observation[0] + wind;
        bool outside = _place is < 0 or > 9;
        if (fault != Fault.ObservationOutside) _place = Math.Clamp(_place, 0, 9);
        if (fault == Fault.Allocates) Garbage = new int[3];
        if (fault == Fault.Throws && action[0] == 2 && _steps == 3) throw new InvalidOperationException("No action 2 here.");
        Observe(observation);
        bool late = _steps >= 20, over = outside && fault != Fault.ObservationOutside;
        if (fault == Fault.Endless) return new(0, false, false);
        return new(fault == Fault.RewardNaN && _steps == 4 ? float.NaN : 1, over, late && (fault == Fault.BothEnds || !over));
    }

    public void Save(ref MessagePackWriter writer)
    {
        if (fault == Fault.SavingDraws) _random.NextUInt64();
        if (fault != Fault.SavesTwoValues) writer.WriteArrayHeader(6);
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
        (_place, _steps) = (reader.ReadInt32(), reader.ReadInt32());
        _random = new RandomSource((reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
    }

    public void Dispose()
    {
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
