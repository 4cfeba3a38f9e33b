using System.Diagnostics.CodeAnalysis;

namespace RLSeq.Environments;

public sealed partial class VectorEnvironment
{
    [SuppressMessage("Design", "MA0158:Use System.Threading.Lock", Justification = "netstandard2.1 has none.")]
    private readonly object _factoryGate = new();
    private readonly Func<IEnvironment> _create;
    private readonly VectorOptions _options;
    private readonly bool[] _broken;
    private readonly bool[] _hanging;
    private EnvironmentException? _lastFailure;

    /// <summary>
    /// Whether the latest step failed and its row was restarted, [N]. Such an episode counts as truncated by a step without a reward;
    /// <see cref="FinalObservations"/> says nothing about it.
    /// </summary>
    public ReadOnlySpan<bool> Broken => _broken;

    /// <summary>Failures so far of the rows that were restarted after them.</summary>
    public long Failures
    {
        get
        {
            long failures = 0;
            foreach (ref readonly EpisodeProgress progress in _progress.AsSpan()) failures += progress.Failures;
            return failures;
        }
    }

    /// <summary>The latest failure of a row that was restarted after it; null before the first.</summary>
    public EnvironmentException? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>The call counter of a row; see <see cref="EpisodeProgress.Calls"/>.</summary>
    internal int Calls(int row) => Volatile.Read(ref _progress[row].Calls);

    /// <summary>Gives up rows that do not return from a call: no other row is stepped any more, and these are not disposed of.</summary>
    /// <returns>What happened, of the first of them.</returns>
    internal EnvironmentException Abandon(IReadOnlyList<int> rows, TimeSpan timeout)
    {
        _isReset = false;
        foreach (int row in rows) _hanging[row] = true;
        EpisodeProgress progress = _progress[rows[0]];
        return EnvironmentException.Hanging(EnvironmentAbilities.NameOf(_environments[rows[0]]), rows[0], progress.Seed, progress.Length + 1, timeout, Actions(rows[0]));
    }

    /// <summary>
    /// Restarts a row that failed, again and again where the new environment fails at once.
    /// </summary>
    /// <exception cref="EnvironmentException">Rows are not restarted, or this one failed too often in a row.</exception>
    private void Recover(int row, Exception exception)
    {
        ref EpisodeProgress progress = ref _progress[row];
        if (progress.Length != EpisodeProgress.Resetting) BreakOff(row);
        while (true)
        {
            EnvironmentException failure = Describe(row, exception);
            if (!_isReset || !_options.RestartOnError || exception is OutOfMemoryException) throw Stop(failure);
            progress.FailuresInARow++;
            if (progress.FailuresInARow > _options.MostFailuresInARow)
                throw Stop(new EnvironmentException($"{failure.Message} It was restarted {_options.MostFailuresInARow} times in a row before, and no episode came to its end.", failure));
            progress.Failures++;
            Volatile.Write(ref _lastFailure, failure);
            try
            {
                Replace(row);
                Begin(row, progress.Index + 1);
                return;
            }
            catch (Exception next)
            {
                exception = next;
            }
        }
    }

    /// <summary>The outcome of a step that failed: a truncation without a reward.</summary>
    private void BreakOff(int row)
    {
        EpisodeProgress progress = _progress[row];
        _finished[row] = new FinishedEpisode(progress.Index, progress.Return, progress.Length, Truncated: true);
        _rewards[row] = 0;
        _terminated[row] = false;
        _truncated[row] = _ended[row] = _broken[row] = true;
    }

    private void Replace(int row)
    {
        try { _environments[row].Dispose(); }
        catch { /* it is broken already, and what broke it is told */ }
        lock (_factoryGate) _environments[row] = _create(); // rows fail on several threads
        _masking[row] = _environments[row].Ability<IActionMasking>();
        CheckAlike(row, nameof(_create));
    }

    private EnvironmentException Describe(int row, Exception exception)
    {
        ref EpisodeProgress progress = ref _progress[row];
        if ((progress.Calls & 1) != 0) progress.Calls++; // it did return, by throwing
        return new EnvironmentException(EnvironmentAbilities.NameOf(_environments[row]), row, progress.Seed, progress.Length + 1, exception, Actions(row));
    }

    private EnvironmentException Stop(EnvironmentException failure)
    {
        _isReset = false;
        return failure;
    }

    /// <summary>The actions of the row's episode, the one under way among them, where all are known.</summary>
    private float[]? Actions(int row) => _progress[row].Recorded ? _actions.Of(row, _progress[row].Length + 1) : null;
}
