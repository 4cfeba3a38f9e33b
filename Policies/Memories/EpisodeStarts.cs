namespace RLSeq.Policies;

/// <summary>
/// Where episodes begin inside a sequence, for recurrences that go step by step: what a row carries over is multiplied by zero there,
/// which also stops the gradient. Its tensors belong to the dispose scope in which it is made.
/// </summary>
internal sealed class EpisodeStarts
{
    private readonly Tensor[] _keep; // T of [B, 1]
    private readonly bool[] _any; // whether step t needs the multiplication at all

    /// <summary>Reads the starts.</summary>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="type">The state's element type.</param>
    public EpisodeStarts(Tensor starts, ScalarType type)
    {
        _keep = starts.logical_not().to(type).unsqueeze(-1).unbind(0);
        _any = StepsWithStarts(starts);
    }

    /// <summary>The state with zeros for the rows that begin an episode at a step.</summary>
    /// <param name="t">The step.</param>
    /// <param name="state">The state before it, <c>[B, …]</c> of two dimensions.</param>
    public Tensor Clear(int t, Tensor state) => _any[t] ? state * _keep[t] : state;

    /// <summary>Asking a GPU would cost more than multiplying.</summary>
    private static bool[] StepsWithStarts(Tensor starts)
    {
        var any = new bool[starts.shape[0]];
        if (starts.device_type != DeviceType.CPU)
        {
            Array.Fill(any, true);
            return any;
        }
        using Tensor contiguous = starts.contiguous();
        Span<byte> flags = contiguous.bytes;
        int batch = (int)starts.shape[1];
        for (int t = 0; t < any.Length; t++) any[t] = flags.Slice(t * batch, batch).Contains((byte)1);
        return any;
    }
}
