using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RLSeq.Environments;

/// <summary>
/// N environments of one kind whose observations, rewards and flags lie in contiguous rows. When an episode ends, its last observation
/// is kept in <see cref="FinalObservations"/> and its row is reset at once, so <see cref="Observations"/> always holds what the next
/// action answers. N is the number of rows, O and A are the floats of an observation and an action.
/// </summary>
/// <remarks>
/// <para>Threads may step disjoint slices of rows at the same time, without a barrier. Episode i of row r depends only on the seed, r,
/// i and the actions, never on the slicing. Slices of a multiple of 16 rows keep threads off each other's cache lines.</para>
/// <para>After an <see cref="EnvironmentException"/> only <see cref="Reset"/> may follow. Where <see cref="VectorOptions"/> say so, a row
/// that fails is restarted instead and <see cref="Broken"/> tells; that too depends on the row alone.</para>
/// </remarks>
public sealed partial class VectorEnvironment : IDisposable
{
    private readonly IEnvironment[] _environments;
    private readonly IActionMasking?[] _masking;
    private readonly EpisodeProgress[] _progress;
    private readonly FinishedEpisode[] _finished;
    private readonly float[] _observations, _finalObservations, _rewards;
    private readonly bool[] _terminated, _truncated, _ended, _starts, _masks;
    private readonly DiscreteElements _discrete;
    private readonly MaskedSpace _masked;
    private readonly ActionRecord _actions;
    private ulong _seed;
    private volatile bool _isReset;

    /// <summary>Makes the environments.</summary>
    /// <param name="create">Makes one environment; called once per row.</param>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="options">What happens where a row fails; without them the failure is thrown.</param>
    /// <exception cref="ArgumentException">The environments differ in their spaces or in whether they have masks, or one instance was returned twice.</exception>
    public VectorEnvironment(Func<IEnvironment> create, int rows, VectorOptions? options = null)
    {
        if (rows < 1) throw new ArgumentOutOfRangeException(nameof(rows), rows, "A vectorised environment needs at least one row.");
        (_create, _options) = (create, options ?? new VectorOptions());
        _environments = new IEnvironment[rows];
        try
        {
            for (int row = 0; row < rows; row++) _environments[row] = create();
            (ObservationSpace, ActionSpace) = (_environments[0].ObservationSpace, _environments[0].ActionSpace);
            (ObservationSize, ActionSize) = (ObservationSpace.Size, ActionSpace.Size);
            MaskSize = _environments[0].MaskSize();
            _masking = [.. _environments.Select(environment => environment.Ability<IActionMasking>())];
            CheckAlike(nameof(create));
            CheckSeats(nameof(create));
        }
        catch
        {
            Dispose();
            throw;
        }

        _discrete = new DiscreteElements(ObservationSpace);
        _actions = new ActionRecord(rows, ActionSize);
        (_broken, _hanging) = (new bool[rows], new bool[rows]);
        (_masked, _masks) = (new MaskedSpace(ActionSpace), new bool[checked(rows * MaskSize)]);
        _progress = new EpisodeProgress[rows];
        _finished = new FinishedEpisode[rows];
        (_observations, _finalObservations) = (new float[checked(rows * ObservationSize)], new float[rows * ObservationSize]);
        (_rewards, _terminated, _truncated, _ended, _starts) = (new float[rows], new bool[rows], new bool[rows], new bool[rows], new bool[rows]);
    }

    /// <summary>N, the number of environments.</summary>
    public int Rows => _environments.Length;

    /// <summary>The name of the environment, for messages.</summary>
    public string Name => EnvironmentAbilities.NameOf(_environments[0]);

    /// <summary>What an observation of one row looks like.</summary>
    public Space ObservationSpace { get; }

    /// <summary>What an action of one row looks like.</summary>
    public Space ActionSpace { get; }

    /// <summary>O, the floats of one observation.</summary>
    public int ObservationSize { get; }

    /// <summary>A, the floats of one action.</summary>
    public int ActionSize { get; }

    /// <summary>M, the entries of one action mask; 0 where the environment has no masks, so that all actions are allowed.</summary>
    public int MaskSize { get; }

    /// <summary>The environment of a row, for its optional abilities; stepping it directly disturbs the row.</summary>
    /// <param name="row">The row.</param>
    public IEnvironment this[int row] => _environments[row];

    /// <summary>The observations that the next actions answer, [N, O].</summary>
    public ReadOnlySpan<float> Observations => _observations;

    /// <summary>Which discrete choices the next actions may make, [N, M], true where allowed; empty where the environment has no masks.</summary>
    public ReadOnlySpan<bool> Masks => _masks;

    /// <summary>The last observations of the episodes that ended in the latest step, [N, O]; elsewhere older values.</summary>
    public ReadOnlySpan<float> FinalObservations => _finalObservations;

    /// <summary>The rewards of the latest step, [N].</summary>
    public ReadOnlySpan<float> Rewards => _rewards;

    /// <summary>Whether the latest step ended an episode by the task's rules, [N].</summary>
    public ReadOnlySpan<bool> Terminated => _terminated;

    /// <summary>Whether the latest step cut an episode short, [N]; bootstrap it from <see cref="FinalObservations"/>.</summary>
    public ReadOnlySpan<bool> Truncated => _truncated;

    /// <summary>Whether <see cref="Observations"/> holds the first observation of an episode, [N].</summary>
    public ReadOnlySpan<bool> Starts => _starts;

    /// <summary>Whether the latest step ended an episode, for either reason, [N]; then <see cref="Finished"/> tells about it.</summary>
    public ReadOnlySpan<bool> EpisodeEnded => _ended;

    /// <summary>The episode that ended last in each row, [N]; new where <see cref="EpisodeEnded"/> is true.</summary>
    public ReadOnlySpan<FinishedEpisode> Finished => _finished;

    /// <summary>The seed of an episode of a row.</summary>
    /// <param name="seed">The seed given to <see cref="Reset"/>.</param>
    /// <param name="row">The row.</param>
    /// <param name="index">The number of the episode in its row.</param>
    public static ulong EpisodeSeed(ulong seed, int row, long index) => RandomSource.Derive(RandomSource.Derive(seed, (ulong)row), (ulong)index);

    /// <summary>The sum of the rewards of the row's unfinished episode.</summary>
    /// <param name="row">The row.</param>
    public double RunningReturn(int row) => _progress[row].Return;

    /// <summary>The steps of the row's unfinished episode.</summary>
    /// <param name="row">The row.</param>
    public int RunningLength(int row) => _progress[row].Length;

    /// <summary>Begins episode 0 in every row.</summary>
    /// <param name="seed">Determines, with the actions, everything that follows.</param>
    /// <exception cref="EnvironmentException">An environment failed.</exception>
    public void Reset(ulong seed)
    {
        (_seed, _isReset) = (seed, true);
        Array.Clear(_rewards, 0, Rows);
        Array.Clear(_terminated, 0, Rows);
        Array.Clear(_truncated, 0, Rows);
        Array.Clear(_ended, 0, Rows);
        Array.Clear(_broken, 0, Rows);
        Array.Clear(_finished, 0, Rows);
        Array.Clear(_finalObservations, 0, _finalObservations.Length);
        Array.Clear(_progress, 0, Rows);
        for (int row = 0; row < Rows; row++)
        {
            try { Begin(row, index: 0); }
            catch (Exception exception) { Recover(row, exception); }
        }
    }

    /// <summary>Steps all rows.</summary>
    /// <param name="actions">The actions, [N, A].</param>
    /// <exception cref="EnvironmentException">An environment failed.</exception>
    public void Step(ReadOnlySpan<float> actions) => Step(0, Rows, actions);

    /// <summary>Steps a slice of the rows, and begins new episodes where one ends. Other rows are not touched.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="actions">The actions, [count, A].</param>
    /// <exception cref="EnvironmentException">An environment failed; the rows before it have been stepped.</exception>
    public void Step(int first, int count, ReadOnlySpan<float> actions)
    {
        if (!_isReset || first < 0 || count < 0 || count > Rows - first || actions.Length != count * ActionSize) ThrowMisuse(first, count, actions.Length);
        int row = first, end = first + count;
        OfferActions(first, count, actions);
        while (row < end && _isReset) // another slice may fail, or be given up, at any time
        {
            try
            {
                for (; row < end && _isReset; row++) StepRow(row, actions.Slice((row - first) * ActionSize, ActionSize));
            }
            catch (Exception exception)
            {
                Recover(row++, exception);
            }
        }
        if (!_isReset) ThrowMisuse(first, count, actions.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Rows are missing where the constructor failed half-way; what hangs in a call is not disturbed in it.
        for (int row = 0; row < Rows; row++)
            if (_hanging is null || !_hanging[row]) _environments[row]?.Dispose();
    }

    private void StepRow(int row, ReadOnlySpan<float> action)
    {
        ref EpisodeProgress progress = ref _progress[row];
        Span<float> observation = _observations.AsSpan(row * ObservationSize, ObservationSize);
        _actions.Keep(row, progress.Length, action);
        progress.Calls++;
        StepResult result = _environments[row].Step(action, observation);
        progress.Calls++;
        if (!Finite.All(observation) || !float.IsFinite(result.Reward)) ThrowNotFinite(result.Reward, observation);
        _discrete.Check(observation);
        bool done = result.Done;
        if (!done) ReadMask(row);
        progress.Length++;
        progress.Return += result.Reward;
        _rewards[row] = result.Reward;
        Set(ref _terminated[row], result.Terminated);
        Set(ref _truncated[row], result.Truncated);
        Set(ref _ended[row], done);
        Set(ref _starts[row], done);
        Set(ref _broken[row], false);
        if (done) BeginNext(row, result.Truncated && !result.Terminated);
    }

    private void BeginNext(int row, bool truncated)
    {
        ref EpisodeProgress progress = ref _progress[row];
        progress.FailuresInARow = 0;
        _finished[row] = new FinishedEpisode(progress.Index, progress.Return, progress.Length, truncated);
        _observations.AsSpan(row * ObservationSize, ObservationSize).CopyTo(_finalObservations.AsSpan(row * ObservationSize));
        Begin(row, progress.Index + 1);
    }

    private void Begin(int row, long index)
    {
        ulong seed = EpisodeSeed(_seed, row, index);
        ref EpisodeProgress progress = ref _progress[row];
        (progress.Index, progress.Seed, progress.Return, progress.Length, progress.Recorded) = (index, seed, 0, EpisodeProgress.Resetting, true);
        Span<float> observation = _observations.AsSpan(row * ObservationSize, ObservationSize);
        progress.Calls++;
        _environments[row].Reset(seed, observation);
        progress.Calls++;
        if (!Finite.All(observation)) ThrowNotFinite(reward: 0, observation);
        _discrete.Check(observation);
        ReadMask(row);
        _starts[row] = true;
        progress.Length = 0;
    }

    private void ReadMask(int row)
    {
        if (MaskSize == 0) return;
        Span<bool> mask = _masks.AsSpan(row * MaskSize, MaskSize);
        ref EpisodeProgress progress = ref _progress[row];
        progress.Calls++;
        _masking[row]!.WriteActionMask(mask);
        progress.Calls++;
        int component = _masked.FirstWithoutChoice(mask);
        if (component >= 0) ThrowNoChoice(component);
    }

    /// <summary>Flags change rarely; not writing them keeps the cache line shared between the threads that read it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(ref bool flag, bool value)
    {
        if (flag != value) flag = value;
    }

    private void CheckAlike(string parameter)
    {
        var seen = new HashSet<IEnvironment>(_environments.Length); // environments are compared by reference unless they say otherwise
        for (int row = 0; row < Rows; row++)
        {
            if (!seen.Add(_environments[row]))
                throw new ArgumentException($"{Name}: the factory returned the same instance twice; every row needs its own.", parameter);
            CheckAlike(row, parameter);
        }
    }

    private void CheckAlike(int row, string parameter)
    {
        if (!_environments[row].ObservationSpace.Equals(ObservationSpace) || !_environments[row].ActionSpace.Equals(ActionSpace))
            throw new ArgumentException(
                $"{Name}: all rows need the same spaces; row 0 has {ObservationSpace} and {ActionSpace}, row {row} has "
                    + $"{_environments[row].ObservationSpace} and {_environments[row].ActionSpace}.",
                parameter);
        if (_environments[row].MaskSize() != MaskSize)
            throw new ArgumentException($"{Name}: all rows need action masks or none; rows 0 and {row} differ.", parameter);
    }

    [DoesNotReturn]
    private static void ThrowNotFinite(float reward, ReadOnlySpan<float> observation)
    {
        int element = 0;
        while (element < observation.Length && float.IsFinite(observation[element])) element++;
        string what = element < observation.Length ? $"element {element} of the observation is {observation[element]}" : $"the reward is {reward}";
        throw new InvalidOperationException(what + ", and must be finite.");
    }

    [DoesNotReturn]
    private static void ThrowNoChoice(int component) =>
        throw new InvalidOperationException($"the action mask leaves component {component} of the action no choice; every component needs one, unless the episode ends.");

    [DoesNotReturn]
    private void ThrowMisuse(int first, int count, int actions)
    {
        if (!_isReset) throw new InvalidOperationException($"{Name}: call Reset before Step, also after an error.");
        if (first < 0 || count < 0 || count > Rows - first)
            throw new ArgumentOutOfRangeException(nameof(first), $"{Name}: there are rows 0 to {Rows - 1}; given: {count} rows from row {first} on.");
        throw new ArgumentException($"{Name}: {count} rows need {count} x {ActionSize} floats of actions; given: {actions}.", nameof(actions));
    }
}
