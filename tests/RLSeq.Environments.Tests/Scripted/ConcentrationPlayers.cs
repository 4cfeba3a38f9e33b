namespace RLSeq.Environments.Tests;

/// <summary>Flips two different cards that lie face down, at random.</summary>
internal sealed class ConcentrationGuess(int faceDown) : ScriptedPlayer
{
    private float[] _table = [];
    private int _first = -1, _card;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        _first = -1;
        _table = observation.ToArray();
    }

    public override void Act(ref RandomSource random, Span<float> action) =>
        action[0] = _card = Choose(ref random, _table.Length, card => _table[card] == faceDown && card != _first);

    public override void See(ReadOnlySpan<float> observation)
    {
        if (_first < 0)
        {
            _first = _card;
            return;
        }
        if (observation[_first] == observation[_card]) (_table[_first], _table[_card]) = (observation[_first], observation[_card]);
        _first = -1;
    }
}

/// <summary>Remembers every card, flips pairs that it knows, and otherwise cards that it does not.</summary>
internal sealed class ConcentrationMemory(int faceDown) : ScriptedPlayer
{
    private int[] _known = [];
    private bool[] _found = [];
    private int _first = -1, _card;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        _first = -1;
        _known = [.. Enumerable.Repeat(faceDown, observation.Length)];
        _found = new bool[observation.Length];
    }

    public override void Act(ref RandomSource random, Span<float> action)
    {
        int first = _first;
        _card = first >= 0
            ? Choose(ref random, _known.Length, card => Left(card) && card != first && _known[card] == _known[first])
            : Choose(ref random, _known.Length, card => Left(card) && _known[card] != faceDown && Enumerable.Range(0, _known.Length).Any(other => other != card && Left(other) && _known[other] == _known[card]));
        if (_card < 0) _card = Choose(ref random, _known.Length, card => Left(card) && _known[card] == faceDown && card != first);
        if (_card < 0) _card = Choose(ref random, _known.Length, card => Left(card) && card != first);
        action[0] = _card;
    }

    public override void See(ReadOnlySpan<float> observation)
    {
        _known[_card] = (int)observation[_card];
        if (_first < 0)
        {
            _first = _card;
            return;
        }
        if (_known[_first] == _known[_card]) (_found[_first], _found[_card]) = (true, true);
        _first = -1;
    }

    private bool Left(int card) => !_found[card];
}
