using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// An affine map <c>y = W x + b</c> with packed weights, for any number of rows. Weights are packed once, transposed into panels of
/// up to 64 outputs whose rows are whole vectors: an input is broadcast and multiplied into a panel's outputs, so there is no
/// horizontal sum, and four rows share each load of weights.
/// </summary>
/// <remarks>
/// A row's result does not depend, bit for bit, on the rows that are computed with it, nor on the width of the vectors. Nothing is allocated.
/// </remarks>
public sealed unsafe class DenseLayer
{
    /// <summary>
    /// The most inputs in 8 bits: a row is rounded to 16 bits on the stack, and its sum must fit in 32 bits without losing much.
    /// A wider layer stays in <see cref="NumberFormat.BFloat16"/>.
    /// </summary>
    private const int MostInt8Inputs = 1 << 14;

    private readonly AlignedBuffer<float> _bias;
    private readonly AlignedBuffer<float>? _floats;
    private readonly AlignedBuffer<uint>? _halves;
    private readonly AlignedBuffer<int>? _pairs;
    private readonly AlignedBuffer<float>? _scales; // of the pairs, one per output

    /// <summary>Packs the weights.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>, row-major.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    /// <param name="inputs">The length of an input row, at least 0.</param>
    /// <param name="outputs">The length of an output row, at least 0.</param>
    /// <param name="format">How the weights are kept.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights or biases than that.</exception>
    public DenseLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inputs, int outputs, NumberFormat format = NumberFormat.Float32)
    {
        if (weight.Length != (long)inputs * outputs || bias.Length != outputs)
            throw new ArgumentException($"A dense layer of {inputs} inputs and {outputs} outputs needs {(long)inputs * outputs} weights and {outputs} biases; given: {weight.Length} and {bias.Length}.", nameof(weight));
        (Inputs, Outputs) = (inputs, outputs);
        Format = format == NumberFormat.Int8 && inputs > MostInt8Inputs ? NumberFormat.BFloat16 : format;
        var panels = new PanelLayout(inputs, outputs);
        _bias = new AlignedBuffer<float>(Words.RoundUp(outputs));
        bias.CopyTo(_bias.Span);
        switch (Format)
        {
            case NumberFormat.Float32:
                _floats = new AlignedBuffer<float>(panels.Floats);
                panels.Pack(weight, _floats.Span);
                break;
            case NumberFormat.BFloat16:
                _halves = new AlignedBuffer<uint>(panels.HalfWords);
                panels.PackHalves(weight, _halves.Span);
                break;
            default:
                (_pairs, _scales) = (new AlignedBuffer<int>(panels.PairWords), new AlignedBuffer<float>(_bias.Length));
                panels.PackPairs(weight, _pairs.Span, _scales.Span);
                break;
        }
    }

    /// <summary>The length of an input row.</summary>
    public int Inputs { get; }

    /// <summary>The length of an output row.</summary>
    public int Outputs { get; }

    /// <summary>How the weights are kept.</summary>
    public NumberFormat Format { get; }

    /// <summary>Multiply-adds for one row.</summary>
    public long Operations => (long)Inputs * Outputs;

    /// <summary>The bytes of weights, scales and biases that one application reads.</summary>
    public long Bytes => _bias.Bytes + (_floats?.Bytes ?? 0) + (_halves?.Bytes ?? 0) + (_pairs?.Bytes ?? 0) + (_scales?.Bytes ?? 0);

    /// <summary>Computes <paramref name="rows"/> rows with the widest vectors.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="ArgumentException">Input or output is shorter than that.</exception>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, int rows) => Apply(input, output, rows, plain: false);

    /// <summary>As <see cref="Apply(ReadOnlySpan{float}, Span{float}, int)"/>, one number at a time.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    internal void ApplyScalar(ReadOnlySpan<float> input, Span<float> output, int rows) => Apply(input, output, rows, plain: true);

    private void Apply(ReadOnlySpan<float> input, Span<float> output, int rows, bool plain)
    {
        RowGuard.Length(input.Length, rows, Inputs);
        RowGuard.Length(output.Length, rows, Outputs);
        fixed (float* x = input, y = output, b = _bias)
        {
            switch (Format)
            {
                case NumberFormat.Float32:
                    fixed (float* w = _floats) SimdWidth.Run(new FloatDenseKernel(x, y, w, b, rows, Inputs, Outputs), plain);
                    break;
                case NumberFormat.BFloat16:
                    fixed (uint* w = _halves) SimdWidth.Run(new HalfDenseKernel(x, y, w, b, rows, Inputs, Outputs), plain);
                    break;
                default:
                    ApplyInt8(x, y, b, rows, plain);
                    break;
            }
        }
    }

    /// <summary>Rounds as many rows to 16 bits as fit on the stack, multiplies them, and goes on.</summary>
#if NET8_0_OR_GREATER
    [SkipLocalsInit]
#endif
    private void ApplyInt8(float* x, float* y, float* bias, int rows, bool plain)
    {
        const int MostNumbers = MostInt8Inputs + 2;
        int pairs = (Inputs + 1) / 2, block = Math.Clamp(MostNumbers / Math.Max(1, 2 * pairs), 1, 16);
        if (block > 4) block &= ~3; // whole tiles of four rows
        int* rounded = stackalloc int[Math.Min(block, rows) * pairs];
        float* scale = stackalloc float[16];
        fixed (int* w = _pairs)
        fixed (float* scales = _scales)
        {
            for (int row = 0; row < rows; row += block)
            {
                int n = Math.Min(block, rows - row);
                SimdWidth.Run(new RoundKernel(x + ((long)row * Inputs), n, Inputs, rounded, scale, Quantizer.Limit(Math.Max(1, Inputs))), plain);
                PairsWidth.Run(new Int8DenseKernel(rounded, scale, y + ((long)row * Outputs), w, scales, bias, n, pairs, Outputs), plain);
            }
        }
    }
}
