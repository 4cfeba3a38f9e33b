namespace RLSeq.Training;

/// <summary>The returns and lengths of the last episodes.</summary>
public sealed class EpisodeWindow
{
    /// <summary>How many episodes the means are taken over.</summary>
    public const int Length = 100;

    private readonly Queue<(double Return, long Length)> _last = new();

    /// <summary>Episodes seen in all.</summary>
    public long Count { get; private set; }

    /// <summary>The mean return, or NaN without episodes.</summary>
    public double MeanReturn => _last.Count == 0 ? double.NaN : _last.Average(episode => episode.Return);

    /// <summary>The mean length, or NaN without episodes.</summary>
    public double MeanLength => _last.Count == 0 ? double.NaN : _last.Average(episode => (double)episode.Length);

    /// <summary>The episodes in the window, oldest first.</summary>
    public IEnumerable<(double Return, long Length)> Last => _last;

    /// <summary>Takes an episode in.</summary>
    /// <param name="total">Its return.</param>
    /// <param name="length">Its steps.</param>
    public void Add(double total, long length)
    {
        if (_last.Count == Length) _last.Dequeue();
        _last.Enqueue((total, length));
        Count++;
    }

    /// <summary>Restores a window.</summary>
    /// <param name="count">Episodes seen in all.</param>
    /// <param name="last">The episodes in the window, oldest first.</param>
    public void Restore(long count, IEnumerable<(double Return, long Length)> last)
    {
        _last.Clear();
        foreach ((double total, long length) in last) Add(total, length);
        Count = count;
    }
}
