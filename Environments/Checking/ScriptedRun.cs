using System.Globalization;

namespace RLSeq.Environments;

/// <summary>
/// Plays an environment with actions drawn from a seed, episode after episode, and records all that it returns, so that two runs can
/// be compared. Before each call the observation is filled with a number, so that what is not written shows.
/// </summary>
internal sealed class ScriptedRun
{
    private readonly IEnvironment _environment;
    private readonly ulong _seed;
    private readonly float _fill;
    private readonly float[] _observation, _action;
    private readonly bool[] _mask, _maskAgain;
    private readonly IActionMasking? _masking;
    private readonly MaskedSpace _actionSpace;
    private readonly List<float[]> _observations = [];
    private readonly List<bool[]> _masks = [];
    private readonly List<StepResult> _results = [];
    private readonly List<(int Episode, int Step)> _places = [];
    private RandomSource _actions;
    private int _episode = -1, _step;
    private bool _over = true;

    public ScriptedRun(IEnvironment environment, ulong seed, float fill = 0)
    {
        (_environment, _seed, _fill) = (environment, seed, fill);
        (_observation, _action) = (new float[environment.ObservationSpace.Size], new float[environment.ActionSpace.Size]);
        _mask = new bool[environment.MaskSize()];
        _masking = environment.Ability<IActionMasking>();
        _maskAgain = new bool[_mask.Length];
        _actionSpace = new MaskedSpace(environment.ActionSpace);
        _actions = new RandomSource(RandomSource.Derive(seed, ulong.MaxValue));
    }

    /// <summary>Goes on with the script of another run, in an environment that was given that one's state.</summary>
    public ScriptedRun(IEnvironment environment, ScriptedRun other) : this(environment, other._seed, other._fill)
    {
        (_actions, _episode, _step, _over) = (other._actions, other._episode, other._step, other._over);
        if (!_over) ReadMask();
    }

    /// <summary>Whether each mask is read twice, filled with true the second time; that must change nothing.</summary>
    public bool ReadsMasksTwice { get; init; }

    /// <summary>The first difference between two readings of a mask, or null where there was none.</summary>
    public string? MaskDifference { get; private set; }

    /// <summary>Whether each action is compared with what it was before the step.</summary>
    public bool ComparesActions { get; init; }

    /// <summary>The first action that a step changed, or null where there was none.</summary>
    public string? ActionDifference { get; private set; }

    /// <summary>The call that is under way or was the latest.</summary>
    public ScriptedCall Call { get; private set; }

    /// <summary>The number of calls made.</summary>
    public int Count => _places.Count;

    /// <summary>The latest observation.</summary>
    public ReadOnlySpan<float> Observation => _observation;

    /// <summary>The latest mask, of the next action; empty where the environment has none.</summary>
    public ReadOnlySpan<bool> Mask => _mask;

    /// <summary>The latest action.</summary>
    public ReadOnlySpan<float> Action => _action;

    /// <summary>Whether the episode ended with the latest call, so that no action follows.</summary>
    public bool IsOver => _over;

    /// <summary>The latest result; nothing after a reset.</summary>
    public StepResult Result => _results[^1];

    /// <summary>Where the latest call was, in words.</summary>
    public string Place => Describe(_places[^1]);

    /// <summary>Makes the next call: a step, or a reset where no episode is under way.</summary>
    public void Advance()
    {
        _observation.AsSpan().Fill(_fill);
        StepResult result = default;
        if (_over)
        {
            (_episode, _step) = (_episode + 1, 0);
            _places.Add((_episode, _step));
            Call = ScriptedCall.Reset;
            _environment.Reset(RandomSource.Derive(_seed, (ulong)_episode), _observation);
            _over = false;
        }
        else
        {
            _places.Add((_episode, ++_step));
            _actionSpace.Sample(_mask, ref _actions, _action);
            Call = ScriptedCall.Step;
            float[]? given = ComparesActions ? [.. _action] : null;
            result = _environment.Step(_action, _observation);
            for (int i = 0; given is not null && i < given.Length; i++)
                if (!given[i].Equals(_action[i])) ActionDifference ??= FormattableString.Invariant($"in {Place} element {i} was {given[i]} before and {_action[i]} after");
            _over = result.Done;
        }
        if (!_over) ReadMask();
        _masks.Add([.. _mask]);
        _observations.Add([.. _observation]);
        _results.Add(result);
    }

    /// <summary>Makes a number of calls.</summary>
    public ScriptedRun Advance(int calls)
    {
        for (int i = 0; i < calls; i++) Advance();
        return this;
    }

    /// <summary>Describes the first difference to another run, or gives null where there is none. Both end at the same call.</summary>
    public string? DifferenceTo(ScriptedRun other)
    {
        int calls = Math.Min(Count, other.Count);
        for (int back = calls; back >= 1; back--)
        {
            string place = Describe(_places[^back]);
            float[] mine = _observations[^back], theirs = other._observations[^back];
            for (int i = 0; i < mine.Length; i++)
                if (!mine[i].Equals(theirs[i])) return FormattableString.Invariant($"in {place} element {i} of the observation is {mine[i]} once and {theirs[i]} the other time");
            bool[] allowed = _masks[^back], otherAllowed = other._masks[^back];
            for (int i = 0; i < allowed.Length; i++)
                if (allowed[i] != otherAllowed[i]) return $"in {place} entry {i} of the action mask is {allowed[i]} once and {otherAllowed[i]} the other time";
            if (_results[^back] != other._results[^back])
                return string.Format(CultureInfo.InvariantCulture, "{0} returns {1} once and {2} the other time", place, _results[^back], other._results[^back]);
        }
        return null;
    }

    private void ReadMask()
    {
        if (_mask.Length == 0) return;
        Call = ScriptedCall.Mask;
        _mask.AsSpan().Clear();
        _masking!.WriteActionMask(_mask);
        if (!ReadsMasksTwice) return;
        _maskAgain.AsSpan().Fill(true);
        _masking.WriteActionMask(_maskAgain);
        for (int i = 0; i < _mask.Length && MaskDifference is null; i++)
            if (_mask[i] != _maskAgain[i]) MaskDifference = $"after {Place} entry {i} is {_mask[i]} the first time and {_maskAgain[i]} the second";
    }

    private static string Describe((int Episode, int Step) place) => place.Step == 0 ? $"the reset of episode {place.Episode}" : $"step {place.Step} of episode {place.Episode}";
}
