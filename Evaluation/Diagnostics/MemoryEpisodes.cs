using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Plays the episodes of an evaluation with one policy, whose state may be tampered with.</summary>
internal sealed class MemoryEpisodes
{
    private readonly IEnvironment _environment;
    private readonly IActionMasking? _masking;
    private readonly EvaluationSettings _settings;
    private readonly float[] _observation, _action;
    private readonly bool[] _mask;

    public MemoryEpisodes(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings)
    {
        (_environment, _settings) = (environment, settings);
        Agent = new Agent(network, settings.Seed) { Selection = ActionSelection.Mode };
        _observation = new float[environment.ObservationSpace.Size];
        _action = new float[environment.ActionSpace.Size];
        _mask = new bool[environment.MaskSize()];
        _masking = environment.Ability<IActionMasking>();
    }

    public Agent Agent { get; }

    public int Episodes => _settings.Episodes;

    public Tampering Tampering { get; init; } = new();

    public bool HasEnded { get; private set; }

    public double Return { get; private set; }

    public int Length { get; private set; }

    public void Begin(int episode)
    {
        (HasEnded, Return, Length) = (false, 0, 0);
        _environment.Reset(Evaluator.EpisodeSeed(_settings.Seed, episode), _observation);
        Agent.Reset();
        Tampering.Begin(episode);
    }

    public void Step()
    {
        Tampering.BeforeAction(Agent, _observation);
        if (_mask.Length > 0) _masking!.WriteActionMask(_mask);
        Agent.Act(_observation, _mask, _action);
        StepResult result = _environment.Step(_action, _observation);
        Return += result.Reward;
        Length++;
        HasEnded = result.Done || Length >= _settings.MaxSteps;
    }

    /// <summary>Plays all episodes.</summary>
    public (double[] Returns, int[] Lengths) PlayAll(CancellationToken cancellation)
    {
        (double[] returns, int[] lengths) = (new double[Episodes], new int[Episodes]);
        for (int episode = 0; episode < Episodes; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (Begin(episode); !HasEnded;) Step();
            (returns[episode], lengths[episode]) = (Return, Length);
        }
        return (returns, lengths);
    }
}
