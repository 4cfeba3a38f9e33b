namespace RLSeq.Agents;

/// <summary>A dense layer of small integers: all rows through one panel after the other.</summary>
/// <param name="x">Rounded inputs, <c>[rows, pairs]</c>.</param>
/// <param name="scale">Every row's scale.</param>
/// <param name="y">Receives outputs, <c>[rows, outputs]</c>.</param>
/// <param name="weights">Panels of words, see <see cref="PanelLayout"/>.</param>
/// <param name="scales">Every output's scale, padded to whole groups.</param>
/// <param name="bias">Biases, padded to whole groups.</param>
/// <param name="rows">The rows.</param>
/// <param name="pairs">The pairs of inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly unsafe struct Int8DenseKernel(
    int* x, float* scale, float* y, int* weights, float* scales, float* bias, int rows, int pairs, int outputs) : IPairsKernel
{
    public void Run<TPairs, TVector>()
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        int padded = Words.RoundUp(outputs), whole = outputs / Words.Group * Words.Group;
        for (int first = 0; first < whole; first += PanelLayout.Width)
        {
            int stride = Math.Min(PanelLayout.Width, padded - first) / 2, words = Math.Min(PanelLayout.Width, whole - first) / 2;
            PairTiles.Multiply<TPairs, TVector>(x, rows, pairs, weights + (first / 2L * pairs), stride, words, scale, scales + first, bias + first, y + first, outputs);
        }
        if (whole < outputs) Tail<TPairs, TVector>(whole, padded);
    }

    /// <summary>The outputs after the last whole group: computed padded, beside the output, and copied.</summary>
    private void Tail<TPairs, TVector>(int whole, int padded)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        float* side = stackalloc float[4 * Words.Group];
        int panel = whole / PanelLayout.Width * PanelLayout.Width, stride = Math.Min(PanelLayout.Width, padded - panel) / 2;
        int* p = weights + (panel / 2L * pairs) + ((whole - panel) / 2);
        for (int row = 0; row < rows; row += 4)
        {
            int block = Math.Min(4, rows - row);
            PairTiles.Multiply<TPairs, TVector>(
                x + ((long)row * pairs), block, pairs, p, stride, Words.Group / 2, scale + row, scales + whole, bias + whole, side, Words.Group);
            for (int r = 0; r < block; r++)
                for (int o = whole; o < outputs; o++) y[((long)(row + r) * outputs) + o] = side[(r * Words.Group) + o - whole];
        }
    }
}
