using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Plays episodes in small pieces, so that everything about a step can be looked at: <see cref="Begin"/>, and then in turn
/// <see cref="Decide"/>, after which the state, the observation and the choice made on it stand side by side, and <see cref="Apply"/>.
/// The episodes are those of <see cref="Evaluator"/> with the same seed. Playing allocates nothing per step.
/// </summary>
public sealed class EpisodePlayer
{
    /// <summary>Keeps random actions apart from what the environment draws.</summary>
    private const ulong Stream = 0x72616E64; // "rand"

    private readonly float[] _observation, _action, _meaning;
    private readonly bool[] _mask;
    private readonly IActionMasking? _masking;
    private readonly MaskedSpace _actions;
    private RandomSource _random;
    private bool _warmed;

    /// <summary>Makes a player; the first episode begins with <see cref="Begin"/>.</summary>
    /// <param name="environment">The environment, wrapped as the policy was trained. It remains the caller's.</param>
    /// <param name="network">The policy, or null for uniformly random actions.</param>
    /// <param name="settings">Which episodes, and how actions are chosen.</param>
    /// <exception cref="UserInputException">The policy was made for other spaces.</exception>
    public EpisodePlayer(IEnvironment environment, PolicyNetwork? network, WatchSettings settings)
    {
        if (network is not null) environment = WaitingWorld.For(network.Definition, environment);
        (Environment, Settings) = (environment, settings);
        if (network is not null) Agent = new Agent(network, settings.Seed) { Selection = settings.Selection };
        _observation = new float[environment.ObservationSpace.Size];
        _action = new float[environment.ActionSpace.Size];
        _meaning = new float[network?.Distribution.Parameters ?? 0];
        _mask = new bool[environment.MaskSize()];
        _masking = environment.Ability<IActionMasking>();
        _actions = new MaskedSpace(environment.ActionSpace);
        Latency = new LatencyHistogram(settings.WarmUp ? 0 : Agent.WarmupActions);
    }

    /// <summary>The environment.</summary>
    public IEnvironment Environment { get; }

    /// <summary>Which episodes, and how actions are chosen.</summary>
    public WatchSettings Settings { get; }

    /// <summary>The agent, or null for random actions.</summary>
    public Agent? Agent { get; }

    /// <summary>The number of the episode, from 0.</summary>
    public int Episode { get; private set; }

    /// <summary>What the environment was reset with.</summary>
    public ulong EpisodeSeed { get; private set; }

    /// <summary>The steps that this episode has taken.</summary>
    public int Step { get; private set; }

    /// <summary>The rewards of this episode, added.</summary>
    public double Return { get; private set; }

    /// <summary>The reward of the last step; 0 before the first.</summary>
    public float Reward { get; private set; }

    /// <summary>How the episode ended.</summary>
    public EpisodeEnd End { get; private set; }

    /// <summary>Whether an action has been chosen on the present observation, and is yet to be applied.</summary>
    public bool HasDecided { get; private set; }

    /// <summary>The present observation, as the agent sees it.</summary>
    public ReadOnlySpan<float> Observation => _observation;

    /// <summary>The action that was chosen, clipped to its space; empty before <see cref="Decide"/>.</summary>
    public ReadOnlySpan<float> Action => HasDecided ? _action : default;

    /// <summary>What the policy thought of its choices (see <see cref="IActionDistribution.Describe"/>); empty before <see cref="Decide"/> and without a policy.</summary>
    public ReadOnlySpan<float> Meaning => HasDecided ? _meaning : default;

    /// <summary>The discounted return that the policy expected at the present observation; NaN before <see cref="Decide"/> and without a policy.</summary>
    public float Value => HasDecided && Agent is not null ? Agent.Value : float.NaN;

    /// <summary>What choosing took, as the agent recorded it; NaN before <see cref="Decide"/> and without a policy.</summary>
    public double LatencyMicroseconds => HasDecided && Agent is not null ? Agent.Recorder.LastNanoseconds / 1e3 : double.NaN;

    /// <summary>Whether the runtime may still have been compiling when the action was chosen, so that its latency says little.</summary>
    public bool IsWarmup { get; private set; }

    /// <summary>The latencies of all actions in nanoseconds, those of the warm-up apart.</summary>
    public LatencyHistogram Latency { get; }

    /// <summary>Begins an episode.</summary>
    /// <param name="episode">Its number, from 0, which decides its seed.</param>
    public void Begin(int episode)
    {
        (Episode, EpisodeSeed) = (episode, Evaluator.EpisodeSeed(Settings.Seed, episode));
        (Step, Return, Reward, End, HasDecided) = (0, 0, 0, EpisodeEnd.None, false);
        _random = new RandomSource(RandomSource.Derive(EpisodeSeed, Stream));
        Environment.Reset(EpisodeSeed, _observation);
        Agent?.Reset();
        if (Settings.WarmUp && !_warmed) WarmUp();
    }

    /// <summary>Chooses an action on the present observation.</summary>
    /// <exception cref="InvalidOperationException">The episode has ended, or an action is chosen already.</exception>
    public void Decide()
    {
        if (End != EpisodeEnd.None || HasDecided) throw new InvalidOperationException("An action is chosen once per step of a running episode: Begin, then Decide and Apply in turn.");
        WriteMask();
        if (Agent is null)
        {
            _actions.Sample(_mask, ref _random, _action);
        }
        else
        {
            Agent.Act(_observation, _mask, _action);
            Agent.Describe(_meaning);
            IsWarmup = !Latency.IsWarm;
            Latency.Record((long)Agent.Recorder.LastNanoseconds);
        }
        HasDecided = true;
    }

    /// <summary>Applies the chosen action to the environment.</summary>
    /// <exception cref="InvalidOperationException">No action is chosen.</exception>
    public void Apply()
    {
        if (!HasDecided) throw new InvalidOperationException("There is no action to apply: Decide comes first.");
        HasDecided = false;
        StepResult result = Environment.Step(_action, _observation);
        Step++;
        Reward = result.Reward;
        Return += result.Reward;
        End = result.Terminated ? EpisodeEnd.Terminated : result.Truncated ? EpisodeEnd.Truncated : Step >= Settings.MaxSteps ? EpisodeEnd.StepLimit : EpisodeEnd.None;
    }

    private void WriteMask()
    {
        if (_mask.Length > 0) _masking!.WriteActionMask(_mask);
    }

    private void WarmUp()
    {
        _warmed = true;
        if (Agent is null) return;
        WriteMask();
        var other = new Agent(Agent.Network) { Selection = Settings.Selection };
        Warmup.Run(() =>
        {
            other.Act(_observation, _mask, _action);
            other.Describe(_meaning);
        });
    }
}
