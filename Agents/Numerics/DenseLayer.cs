namespace RLSeq.Agents;

/// <summary>
/// An affine map <c>y = W x + b</c> with packed weights, for any number of rows. Weights are packed once, transposed into panels of
/// up to 64 outputs whose rows are whole vectors: an input is broadcast and multiplied into a panel's outputs, so there is no
/// horizontal sum, and four rows share each load of weights.
/// </summary>
/// <remarks>A row's result does not depend, bit for bit, on the rows that are computed with it: see <see cref="DenseTiles"/>.</remarks>
internal sealed unsafe class DenseLayer
{
    private const int PanelWidth = 64;
    private readonly AlignedFloats _weights;
    private readonly AlignedFloats _bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>, row-major.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    /// <param name="inputs">The length of an input row, at least 0.</param>
    /// <param name="outputs">The length of an output row, at least 0.</param>
    public DenseLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inputs, int outputs)
    {
        if (weight.Length != (long)inputs * outputs || bias.Length != outputs)
            throw new ArgumentException($"A dense layer of {inputs} inputs and {outputs} outputs needs {(long)inputs * outputs} weights and {outputs} biases; given: {weight.Length} and {bias.Length}.", nameof(weight));
        (Inputs, Outputs) = (inputs, outputs);
        int padded = SimdWidth.RoundUp(outputs);
        _weights = new AlignedFloats(checked(padded * inputs));
        _bias = new AlignedFloats(padded);
        bias.CopyTo(_bias.Span);
        Span<float> packed = _weights.Span;
        for (int first = 0; first < outputs; first += PanelWidth)
        {
            int width = Math.Min(PanelWidth, padded - first);
            Span<float> panel = packed.Slice(first * inputs, width * inputs);
            for (int o = first; o < Math.Min(first + width, outputs); o++)
                for (int i = 0; i < inputs; i++) panel[(i * width) + o - first] = weight[(o * inputs) + i];
        }
    }

    /// <summary>The length of an input row.</summary>
    public int Inputs { get; }

    /// <summary>The length of an output row.</summary>
    public int Outputs { get; }

    /// <summary>Multiply-adds for one row.</summary>
    public long Operations => (long)Inputs * Outputs;

    /// <summary>Computes <paramref name="rows"/> rows with the widest vectors.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        RowGuard.Length(input.Length, rows, Inputs);
        RowGuard.Length(output.Length, rows, Outputs);
        fixed (float* x = input, y = output, w = _weights, b = _bias) SimdWidth.Run(new Kernel(x, y, w, b, rows, Inputs, Outputs));
    }

    /// <summary>As <see cref="Apply"/>, one float at a time.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void ApplyScalar(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        fixed (float* x = input, y = output, w = _weights, b = _bias) new Kernel(x, y, w, b, rows, Inputs, Outputs).Run<ScalarSimd, float>();
    }

    private readonly struct Kernel(float* x, float* y, float* weights, float* bias, int rows, int inputs, int outputs) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            int padded = SimdWidth.RoundUp(outputs);
            int whole = outputs / SimdWidth.Widest * SimdWidth.Widest;
            for (int first = 0; first < whole; first += PanelWidth)
            {
                int stride = Math.Min(PanelWidth, padded - first), width = Math.Min(PanelWidth, whole - first);
                DenseTiles.Multiply<TSimd, TVector>(x, inputs, rows, inputs, weights + ((long)first * inputs), stride, width, bias + first, y + first, outputs);
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
            int panel = whole / PanelWidth * PanelWidth, stride = Math.Min(PanelWidth, padded - panel);
            float* p = weights + ((long)panel * inputs) + (whole - panel);
            for (int row = 0; row < rows; row += 4)
            {
                int block = Math.Min(4, rows - row);
                DenseTiles.Multiply<TSimd, TVector>(x + ((long)row * inputs), inputs, block, inputs, p, stride, Width, bias + whole, side, Width);
                for (int r = 0; r < block; r++)
                    for (int o = whole; o < outputs; o++) y[((long)(row + r) * outputs) + o] = side[(r * Width) + o - whole];
            }
        }
    }
}
