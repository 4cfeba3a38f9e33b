namespace RLSeq.Agents;

/// <summary>A dense layer of bfloat16: all rows through one panel after the other.</summary>
/// <param name="x">Inputs, <c>[rows, inputs]</c>.</param>
/// <param name="y">Receives outputs, <c>[rows, outputs]</c>.</param>
/// <param name="weights">Panels of words, see <see cref="PanelLayout"/>.</param>
/// <param name="bias">Biases, padded to whole groups.</param>
/// <param name="rows">The rows.</param>
/// <param name="inputs">The inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly unsafe struct HalfDenseKernel(float* x, float* y, uint* weights, float* bias, int rows, int inputs, int outputs) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int padded = Words.RoundUp(outputs), whole = outputs / Words.Group * Words.Group;
        for (int first = 0; first < whole; first += PanelLayout.Width)
        {
            int stride = Math.Min(PanelLayout.Width, padded - first) / 2, words = Math.Min(PanelLayout.Width, whole - first) / 2;
            HalfTiles.Multiply<TSimd, TVector>(x, rows, inputs, weights + (first / 2L * inputs), stride, words, bias + first, y + first, outputs);
        }
        if (whole < outputs) Tail<TSimd, TVector>(whole, padded);
    }

    /// <summary>The outputs after the last whole group: computed padded, beside the output, and copied.</summary>
    private void Tail<TSimd, TVector>(int whole, int padded)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* side = stackalloc float[4 * Words.Group];
        int panel = whole / PanelLayout.Width * PanelLayout.Width, stride = Math.Min(PanelLayout.Width, padded - panel) / 2;
        uint* p = weights + (panel / 2L * inputs) + ((whole - panel) / 2);
        for (int row = 0; row < rows; row += 4)
        {
            int block = Math.Min(4, rows - row);
            HalfTiles.Multiply<TSimd, TVector>(x + ((long)row * inputs), block, inputs, p, stride, Words.Group / 2, bias + whole, side, Words.Group);
            for (int r = 0; r < block; r++)
                for (int o = whole; o < outputs; o++) y[((long)(row + r) * outputs) + o] = side[(r * Words.Group) + o - whole];
        }
    }
}
