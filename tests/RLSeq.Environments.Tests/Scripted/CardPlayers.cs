namespace RLSeq.Environments.Tests;

/// <summary>Guesses by the rank that it sees, or by counting all cards.</summary>
internal sealed class HigherLowerPlayer(int decks, bool counts) : ScriptedPlayer
{
    private readonly int[] _left = new int[13];
    private int _rank;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        _left.AsSpan().Fill(4 * decks);
        See(observation);
    }

    public override void Act(ref RandomSource random, Span<float> action)
    {
        int higher = counts ? _left[(_rank + 1)..].Sum() : 12 - _rank, lower = counts ? _left[.._rank].Sum() : _rank;
        action[0] = higher == lower ? random.NextInt(2) : higher > lower ? 0 : 1;
    }

    public override void See(ReadOnlySpan<float> observation) => _left[_rank = (int)observation[0]]--;
}

/// <summary>Counts every card that was dealt.</summary>
internal sealed class CountRecallPlayer(int classes) : ScriptedPlayer
{
    private readonly int[] _counts = new int[classes];
    private int _asked;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        Array.Clear(_counts);
        See(observation);
    }

    public override void Act(ref RandomSource random, Span<float> action) => action[0] = _counts[_asked];

    public override void See(ReadOnlySpan<float> observation)
    {
        _counts[(int)observation[0]]++;
        _asked = (int)observation[1];
    }
}

/// <summary>Knows how many cards were dealt, but not which: names the count that is most likely then.</summary>
internal sealed class CountRecallClock(int classes, int perClass) : ScriptedPlayer
{
    private int _dealt;

    public override void Begin(ReadOnlySpan<float> observation) => _dealt = 1;

    public override void Act(ref RandomSource random, Span<float> action)
    {
        // The mode of the hypergeometric distribution of a class's cards among those dealt.
        action[0] = Math.Clamp(((_dealt + 1) * (perClass + 1)) / ((classes * perClass) + 2), 0, perClass);
        _dealt++;
    }
}

/// <summary>Keeps the suits on a stack while they are shown, and takes them off.</summary>
internal sealed class AutoencodePlayer : ScriptedPlayer
{
    private readonly Stack<float> _suits = [];
    private bool _isPlaying;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        _suits.Clear();
        _isPlaying = false;
        See(observation);
    }

    public override void Act(ref RandomSource random, Span<float> action) => action[0] = _isPlaying ? _suits.Pop() : random.NextInt(4);

    public override void See(ReadOnlySpan<float> observation)
    {
        if (!_isPlaying) _suits.Push(observation[1]);
        _isPlaying = observation[0] == 0;
    }
}
