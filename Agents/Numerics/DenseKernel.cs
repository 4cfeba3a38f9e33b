namespace RLSeq.Agents;

/// <summary>A dense layer of floats: all rows through one panel after the other.</summary>
/// <typeparam name="TWeight">How the weights are kept: <see cref="float"/> or <see cref="BFloat16"/>.</typeparam>
/// <param name="x">Inputs, <c>[rows, inputs]</c>.</param>
/// <param name="y">Receives outputs, <c>[rows, outputs]</c>.</param>
/// <param name="weights">Panels, see <see cref="PanelLayout"/>.</param>
/// <param name="bias">Biases, padded to whole vectors.</param>
/// <param name="rows">The rows.</param>
/// <param name="inputs">The inputs.</param>
/// <param name="outputs">The outputs.</param>
internal readonly unsafe struct DenseKernel<TWeight>(float* x, float* y, TWeight* weights, float* bias, int rows, int inputs, int outputs) : IKernel
    where TWeight : unmanaged
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int padded = SimdWidth.RoundUp(outputs);
        int whole = outputs / SimdWidth.Widest * SimdWidth.Widest;
        for (int first = 0; first < whole; first += PanelLayout.Width)
        {
            int stride = Math.Min(PanelLayout.Width, padded - first), width = Math.Min(PanelLayout.Width, whole - first);
            DenseTiles<TSimd, TVector, TWeight>.Multiply(x, inputs, rows, inputs, weights + ((long)first * inputs), stride, width, bias + first, y + first, outputs);
        }
        if (whole < outputs) Tail<TSimd, TVector>(whole, padded);
    }

    /// <summary>The outputs after the last whole vector: computed padded, beside the output, and copied.</summary>
    private void Tail<TSimd, TVector>(int whole, int padded)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        const int Width = SimdWidth.Widest;
        float* side = stackalloc float[4 * Width];
        int panel = whole / PanelLayout.Width * PanelLayout.Width, stride = Math.Min(PanelLayout.Width, padded - panel);
        TWeight* p = weights + ((long)panel * inputs) + (whole - panel);
        for (int row = 0; row < rows; row += 4)
        {
            int block = Math.Min(4, rows - row);
            DenseTiles<TSimd, TVector, TWeight>.Multiply(x + ((long)row * inputs), inputs, block, inputs, p, stride, Width, bias + whole, side, Width);
            for (int r = 0; r < block; r++)
                for (int o = whole; o < outputs; o++) y[((long)(row + r) * outputs) + o] = side[(r * Width) + o - whole];
        }
    }
}
