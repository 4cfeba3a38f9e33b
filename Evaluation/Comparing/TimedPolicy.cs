using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>A policy that plays its environment while its actions are timed.</summary>
internal sealed class TimedPolicy : IDisposable
{
    private readonly Agent _agent;
    private readonly IEnvironment _environment;
    private readonly float[] _observation, _action;
    private readonly bool[] _mask;
    private readonly IActionMasking? _masking;
    private readonly int _positions;
    private ulong _episode;
    private int _position;

    /// <summary>Makes it, at the beginning of an episode.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="memory">The memory's name.</param>
    /// <param name="network">The policy.</param>
    /// <param name="world">The environment, which is disposed of with this; its spaces are the policy's.</param>
    /// <param name="positions">The actions after which the memory is emptied, whatever the episodes: for policies that have learned nothing, whose episodes tell nothing. 0 for where episodes end.</param>
    public TimedPolicy(string environment, string memory, PolicyNetwork network, IEnvironment world, int positions = 0)
    {
        (Environment, Memory, _environment, _positions) = (environment, memory, world, positions);
        _agent = new Agent(network) { Selection = ActionSelection.Sample };
        _observation = new float[_environment.ObservationSpace.Size];
        _action = new float[_environment.ActionSpace.Size];
        _mask = new bool[_environment.MaskSize()];
        _masking = _environment.Ability<IActionMasking>();
        _environment.Reset(_episode++, _observation);
    }

    public string Environment { get; }

    public string Memory { get; }

    public LatencySamples BackToBack { get; } = new();

    public LatencySamples Paced { get; } = new();

    /// <summary>Plays some actions.</summary>
    /// <param name="actions">How many.</param>
    /// <param name="into">Receives their latencies; null for a warm-up.</param>
    public void Play(int actions, LatencySamples? into)
    {
        into?.Reserve(actions);
        for (int i = 0; i < actions; i++)
        {
            if (_mask.Length > 0) _masking!.WriteActionMask(_mask);
            long before = GC.GetAllocatedBytesForCurrentThread();
            _agent.Act(_observation, _mask, _action);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            into?.Add(_position, (long)_agent.Recorder.LastNanoseconds, allocated);
            _position++;
            bool ended = _environment.Step(_action, _observation).Done;
            if (ended) _environment.Reset(_episode++, _observation);
            if (_positions > 0 ? _position < _positions : !ended) continue;
            _agent.Reset();
            _position = 0;
        }
    }

    public void Dispose() => _environment.Dispose();
}
