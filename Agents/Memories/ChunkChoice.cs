namespace RLSeq.Agents;

/// <summary>The chunks that one query looks into, the most relevant first, and their weights; reused from query to query.</summary>
/// <param name="top">k, the most that are kept.</param>
internal sealed class ChunkChoice(int top)
{
    private readonly int[] _ages = new int[top];
    private readonly float[] _relevances = new float[top + 1]; // the last, when they are weights, is the open chunk's

    /// <summary>How many closed chunks were chosen.</summary>
    public int Count { get; private set; }

    /// <summary>The weight of the open chunk.</summary>
    public float OwnWeight { get; private set; }

    /// <summary>How many chunks ago a chosen one was.</summary>
    public int Age(int index) => _ages[index];

    /// <summary>The weight of a chosen one.</summary>
    public float Weight(int index) => _relevances[index];

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Offers a chunk; of equal ones the first that was offered is kept.</summary>
    public void Offer(int age, float relevance)
    {
        if (Count == top && !(relevance > _relevances[top - 1])) return;
        if (Count < top) Count++;
        int at = Count - 1;
        for (; at > 0 && relevance > _relevances[at - 1]; at--) (_ages[at], _relevances[at]) = (_ages[at - 1], _relevances[at - 1]);
        (_ages[at], _relevances[at]) = (age, relevance);
    }

    /// <summary>Makes the relevances weights: their softmax, together with the open chunk's.</summary>
    public unsafe void Weigh(float own)
    {
        float largest = Count > 0 ? Math.Max(own, _relevances[0]) : own, sum;
        _relevances[Count] = own;
        fixed (float* relevances = _relevances) sum = Softmax.Exponentials<ScalarSimd, float>(relevances, Count + 1, largest);
        for (int i = 0; i <= Count; i++) _relevances[i] /= sum;
        OwnWeight = _relevances[Count];
    }
}
