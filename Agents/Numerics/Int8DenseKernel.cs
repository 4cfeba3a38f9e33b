namespace RLSeq.Agents;

/// <summary>A dense layer of small integers: all rows through one panel after the other.</summary>
/// <param name="x">Rounded inputs, <c>[rows, pairs]</c>.</param>
/// <param name="scale">Every row's scale.</param>
/// <param name="y">Receives outputs, <c>[rows, outputs]</c>.</param>
/// <param name="weights">Panels of pairs, see <see cref="PanelLayout"/>.</param>
/// <param name="scales">Every output's scale, padded to whole vectors.</param>
/// <param name="bias">Biases, padded to whole vectors.</param>
/// <param name="rows">The rows.</param>
/// <param name="pairs">The pairs of inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly unsafe struct Int8DenseKernel(
    int* x, float* scale, float* y, sbyte* weights, float* scales, float* bias, int rows, int pairs, int outputs) : IPairsKernel
{
    public void Run<TPairs, TVector>()
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        int padded = SimdWidth.RoundUp(outputs);
        int whole = outputs / SimdWidth.Widest * SimdWidth.Widest;
        for (int first = 0; first < whole; first += PanelLayout.Width)
        {
            int stride = Math.Min(PanelLayout.Width, padded - first), width = Math.Min(PanelLayout.Width, whole - first);
            PairTiles<TPairs, TVector>.Multiply(x, rows, pairs, weights + (2L * first * pairs), stride, width, scale, scales + first, bias + first, y + first, outputs);
        }
        if (whole < outputs) Tail<TPairs, TVector>(whole, padded);
    }

    /// <summary>The outputs after the last whole vector: computed padded, beside the output, and copied.</summary>
    private void Tail<TPairs, TVector>(int whole, int padded)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        const int Width = SimdWidth.Widest;
        float* side = stackalloc float[4 * Width];
        int panel = whole / PanelLayout.Width * PanelLayout.Width, stride = Math.Min(PanelLayout.Width, padded - panel);
        sbyte* p = weights + (2L * panel * pairs) + (2 * (whole - panel));
        for (int row = 0; row < rows; row += 4)
        {
            int block = Math.Min(4, rows - row);
            PairTiles<TPairs, TVector>.Multiply(x + ((long)row * pairs), block, pairs, p, stride, Width, scale + row, scales + whole, bias + whole, side, Width);
            for (int r = 0; r < block; r++)
                for (int o = whole; o < outputs; o++) y[((long)(row + r) * outputs) + o] = side[(r * Width) + o - whole];
        }
    }
}
