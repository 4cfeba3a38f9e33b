using System.Diagnostics.CodeAnalysis;

namespace RLSeq.Agents;

/// <summary>
/// One agent that acts in one stream of observations: load it, reset it when an episode begins, and ask it for an action at every
/// step. Nothing is allocated per action, and every action is timed. Used by one thread at a time.
/// </summary>
public sealed class Agent
{
    private static readonly int[] OnlyRow = [0];

    private readonly AgentBatch _batch;
    private readonly float[] _peeked = new float[1];

    /// <summary>Makes an agent at the beginning of an episode.</summary>
    /// <param name="network">The policy; may be shared with other agents.</param>
    /// <param name="seed">Keys the sampling of actions.</param>
    public Agent(PolicyNetwork network, ulong seed = 0) : this(network, seed, new LatencyRecorder(WarmupActions)) { }

    internal Agent(PolicyNetwork network, ulong seed, LatencyRecorder recorder) => (_batch, Recorder) = (new AgentBatch(network, 1, seed) { Recorder = recorder }, recorder);

    /// <summary>How many of the first actions are timed apart, as they include the runtime's compilation.</summary>
    public const int WarmupActions = 32;

    /// <summary>The policy.</summary>
    public PolicyNetwork Network
    {
        get => _batch.Network;
        set => _batch.Network = value;
    }

    /// <summary>The canonical memory state.</summary>
    public MemoryLayout Layout => _batch.Layout;

    /// <summary>Whether to take the most likely action (the default) or to sample.</summary>
    public ActionSelection Selection
    {
        get => _batch.Selection;
        set => _batch.Selection = value;
    }

    /// <summary>The value of the last observation: the discounted return that the policy expected; 0 before the first.</summary>
    public float Value => _batch.Values is [float value] ? value : 0;

    /// <summary>The log-probability of the last action, before continuous elements were clipped to the bounds of their box; 0 before the first.</summary>
    public float LogProbability => _batch.LogProbabilities is [float logProbability] ? logProbability : 0;

    /// <summary>The policy head's outputs for the last observation, <c>[A]</c>.</summary>
    public ReadOnlySpan<float> Logits => _batch.Logits;

    /// <summary>
    /// Writes what the policy thought of its choices at the last observation: the probability of every choice (0 where a mask forbade it), of
    /// continuous elements the means and then the standard deviations, in units of the action. For showing; allocates nothing.
    /// </summary>
    /// <param name="meaning">Receives <c>Network.Distribution.Parameters</c> floats: see <see cref="IActionDistribution.Describe"/>.</param>
    /// <exception cref="InvalidOperationException">The agent has not acted yet.</exception>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void Describe(Span<float> meaning)
    {
        if (Logits.IsEmpty) ThrowNotActed();
        RowGuard.Exact(meaning.Length, 1, Network.Distribution.Parameters, nameof(meaning));
        Network.Distribution.Describe(Logits, meaning);
    }

    /// <summary>What actions cost, the first <see cref="WarmupActions"/> apart; set its <see cref="LatencyRecorder.Stages"/> to split them by stage.</summary>
    public LatencyRecorder Recorder { get; }

    /// <summary>The times that actions took, in nanoseconds, the first <see cref="WarmupActions"/> apart.</summary>
    public LatencyHistogram Latency => Recorder.Calls;

    /// <summary>Loads an agent from a policy file, verifying the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">Keys the sampling; agents that sample need different ones, or they all draw the same.</param>
    /// <exception cref="PolicyFormatException">There is no such file, it cannot be read, is no policy, is damaged, or does not reproduce its own example.</exception>
    public static Agent Load(string path, ulong seed = 0) => new(PolicyNetwork.Load(path), seed);

    /// <summary>
    /// Has the runtime compile everything that acting needs now, while a game loads, so that no action waits for it later: as a rule the first would take
    /// tens of milliseconds, and the next hundreds several times what they should. A throw-away agent of the same network acts in its place, with
    /// and without masks, drawing and not, so memory, steps, results and <see cref="Recorder"/> stay as they are, and no listener hears of it.
    /// It takes about a second, most of it pauses in which the runtime compiles in the background, and at most 3 (10 on a single processor).
    /// </summary>
    /// <remarks>
    /// One call serves all single agents of the same network; networks of the same memory, precision and sizes share most of it. It may run on another thread, even while
    /// the agent acts. On Unity, whose runtimes compile a method once or ahead, there are no pauses.
    /// </remarks>
    /// <param name="cancellation">Stops it between two actions, or in a pause.</param>
    /// <returns>Whether the runtime was done; false where the limit came first, and some of it, or of what other threads run, is still compiled in the background.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArithmeticException">The policy's outputs are NaN or infinite even for an observation of zeros: its weights have diverged.</exception>
    public bool WarmUp(CancellationToken cancellation = default) => WarmUp(WarmUpRounds.DefaultLimit, cancellation);

    /// <summary>As <see cref="WarmUp(CancellationToken)"/>, with a limit of one's own.</summary>
    /// <param name="limit">
    /// How long it may take, at least 0: an action under way is finished. In any case a few actions are played, so that all has been compiled once but what only a long episode reaches.
    /// </param>
    /// <param name="cancellation">Stops it between two actions, or in a pause.</param>
    /// <returns>Whether the runtime was done; false where the limit came first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 0.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArithmeticException">The policy's outputs are NaN or infinite even for an observation of zeros: its weights have diverged.</exception>
    public bool WarmUp(TimeSpan limit, CancellationToken cancellation = default) => WarmUp(WarmUpRounds.OfMachine, limit, cancellation);

    internal bool WarmUp(WarmUpRounds rounds, TimeSpan limit, CancellationToken cancellation)
    {
        var rehearsal = new AgentRehearsal(Network);
        return rounds.Run(rehearsal.Play, rehearsal.Turns, limit, cancellation);
    }

    /// <summary>Begins a new episode: the memory is emptied.</summary>
    public void Reset() => _batch.Reset(0);

    /// <summary>Chooses an action for an observation.</summary>
    /// <param name="observation">The observation, <c>ObservationSpace.Size</c> floats; as for <see cref="IAgentBatch.Act"/>, the bounds of boxes are not checked.</param>
    /// <param name="action">Receives the action, <c>ActionSpace.Size</c> floats in the space: continuous elements are clipped to the bounds of their box.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the observation is NaN, infinite or outside a discrete part of its space; no state has changed.</exception>
    /// <exception cref="ArithmeticException">The policy's outputs are NaN or infinite: weights that diverged, or an observation too large for them. Reset before going on.</exception>
    public void Act(ReadOnlySpan<float> observation, Span<float> action) => Act(observation, default, action);

    /// <summary>Chooses an action for an observation among those that a mask allows.</summary>
    /// <param name="observation">The observation, <c>ObservationSpace.Size</c> floats.</param>
    /// <param name="mask">Which choices are allowed, <c>Distribution.MaskSize</c> of them, true where allowed; empty where all are.</param>
    /// <param name="action">Receives the action, <c>ActionSpace.Size</c> floats in the space: continuous elements are clipped to the bounds of their box.</param>
    /// <exception cref="ArgumentException">A length is wrong, the mask allows nothing, or the observation is NaN, infinite or outside a discrete part of its space; no state has changed.</exception>
    /// <exception cref="ArithmeticException">The policy's outputs are NaN or infinite: weights that diverged, or an observation too large for them. Reset before going on.</exception>
    public void Act(ReadOnlySpan<float> observation, ReadOnlySpan<bool> mask, Span<float> action) =>
        _batch.Act(OnlyRow, observation, mask, action);

    /// <summary>The value of an observation that has not been acted on: what <see cref="Value"/> would become, without advancing and untimed.</summary>
    /// <param name="observation">The observation, <c>ObservationSpace.Size</c> floats.</param>
    /// <exception cref="ArgumentException">The length is wrong, or the observation is NaN, infinite or outside a discrete part of its space.</exception>
    /// <exception cref="ArithmeticException">The value is NaN or infinite: weights that diverged, or an observation too large for them; no state has changed.</exception>
    public float Peek(ReadOnlySpan<float> observation)
    {
        _batch.Peek(OnlyRow, observation, _peeked);
        return _peeked[0];
    }

    /// <summary>
    /// How many actions the agent has chosen in its life: the step of its next sampling key. Saved and set beside the memory state, it
    /// lets a saved game go on with the same draws.
    /// </summary>
    public ulong Steps
    {
        get => _batch.GetSteps(0);
        set => _batch.SetSteps(0, value);
    }

    /// <summary>Writes the canonical memory state.</summary>
    /// <param name="state">Receives <c>Layout.Size</c> floats.</param>
    public void Save(Span<float> state) => _batch.Save(0, state);

    /// <summary>Sets the memory state from a canonical one.</summary>
    /// <param name="state"><c>Layout.Size</c> floats.</param>
    /// <exception cref="ArgumentException">The length is wrong, a number is NaN or infinite, or no episode leads to such a state; nothing has changed.</exception>
    public void Load(ReadOnlySpan<float> state) => _batch.Load(0, state);

    [DoesNotReturn]
    private static void ThrowNotActed() => throw new InvalidOperationException("The agent has not acted yet, so there is no choice to describe; call Act first.");
}
