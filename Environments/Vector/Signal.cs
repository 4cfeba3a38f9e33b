using System.Diagnostics;

namespace RLSeq.Environments;

/// <summary>
/// One thread sets it, one other waits for it; then it is unset again. The waiting thread looks for a while before it sleeps: rollouts
/// and minibatches follow each other within a fraction of a millisecond, and waking a sleeping thread costs a good part of that.
/// </summary>
internal sealed class Signal : IDisposable
{
    private const int Unset = 0, IsSet = 1, Sleeping = 2, PausesPerLook = 20;
    private static readonly long Patience = Stopwatch.Frequency / 2000; // half a millisecond
    private readonly SemaphoreSlim _wake = new(0);
    private readonly bool _spins;
    private int _state;

    /// <summary>Makes it, unset.</summary>
    /// <param name="spins">Whether the waiting thread may look before it sleeps: not where there are more threads than cores.</param>
    public Signal(bool spins) => _spins = spins;

    /// <summary>Sets it. What was written before is seen by who waited.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _state, IsSet) == Sleeping) _wake.Release();
    }

    /// <summary>Waits until it is set, and unsets it.</summary>
    public void Wait()
    {
        long began = Stopwatch.GetTimestamp();
        while (_spins && Volatile.Read(ref _state) == Unset && Stopwatch.GetTimestamp() - began < Patience) Thread.SpinWait(PausesPerLook);
        if (Interlocked.CompareExchange(ref _state, Sleeping, Unset) == Unset) _wake.Wait();
        Volatile.Write(ref _state, Unset);
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();
}
