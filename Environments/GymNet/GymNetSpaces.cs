using NumSharp;

namespace RLSeq.Environments.GymNet;

/// <summary>Spaces of Gym.NET as spaces of RLSeq.</summary>
internal static class GymNetSpaces
{
    /// <summary>Converts a space.</summary>
    /// <param name="space">Of Gym.NET: a box or a discrete space.</param>
    /// <param name="what">What it describes, for the message.</param>
    /// <returns>
    /// A box whose bounds differ from element to element becomes a tuple of boxes, one for each run of equal bounds; 32-bit limits, which
    /// Gym writes for none, become infinite.
    /// </returns>
    /// <exception cref="ArgumentException">It is another kind of space.</exception>
    public static Space Convert(Gym.Spaces.Space space, string what) => space switch
    {
        Gym.Spaces.Discrete discrete => Space.Discrete(discrete.N),
        Gym.Spaces.Box box => Convert(box),
        _ => throw new ArgumentException($"{what} are a {space?.GetType().Name ?? "null"}, but only Box and Discrete can be adapted.", nameof(space)),
    };

    private static Space Convert(Gym.Spaces.Box box)
    {
        float[] low = Bounds(box.Low), high = Bounds(box.High);
        int[] shape = Array.ConvertAll(box.Low.shape, length => System.Convert.ToInt32(length));
        if (Array.TrueForAll(low, bound => bound == low[0]) && Array.TrueForAll(high, bound => bound == high[0]))
            return box.DType == typeof(byte) && (low[0], high[0]) == (0, 255) ? Space.Bytes(shape) : Space.Box(low[0], high[0], shape);
        List<Space> runs = [];
        for (int from = 0, to; from < low.Length; from = to)
        {
            for (to = from + 1; to < low.Length && (low[to], high[to]) == (low[from], high[from]);) to++;
            runs.Add(Space.Box(low[from], high[from], to - from));
        }
        return Space.Tuple([.. runs]);
    }

    private static float[] Bounds(NDArray bounds) => Array.ConvertAll(
        bounds.astype(np.float32).ToArray<float>(),
        bound => bound is >= float.MaxValue ? float.PositiveInfinity : bound is <= float.MinValue ? float.NegativeInfinity : bound);
}
