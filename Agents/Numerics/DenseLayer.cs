using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// An affine map <c>y = W x + b</c> with packed weights, for any number of rows. Weights are packed once, transposed into panels of
/// up to 64 outputs whose rows are whole vectors: an input is broadcast and multiplied into a panel's outputs, so there is no
/// horizontal sum, and four rows share each load of weights.
/// </summary>
/// <remarks>
/// A row's result does not depend, bit for bit, on the rows that are computed with it: see <see cref="DenseTiles{TSimd, TVector, TWeight}"/>
/// and <see cref="PairTiles{TPairs, TVector}"/>.
/// </remarks>
internal sealed unsafe class DenseLayer
{
    /// <summary>
    /// The most inputs in 8 bits: a row is rounded to 16 bits on the stack, and its sum must fit in 32 bits without losing much.
    /// A wider layer stays in <see cref="NumberFormat.BFloat16"/>.
    /// </summary>
    private const int MostInt8Inputs = 1 << 14;

    private readonly AlignedBuffer<float> _bias;
    private readonly AlignedBuffer<float>? _floats;
    private readonly AlignedBuffer<BFloat16>? _halves;
    private readonly AlignedBuffer<sbyte>? _bytes;
    private readonly AlignedBuffer<float>? _scales; // of the bytes, one per output

    /// <summary>Packs the weights.</summary>
    /// <param name="weight"><c>[outputs, inputs]</c>, row-major.</param>
    /// <param name="bias"><c>[outputs]</c>.</param>
    /// <param name="inputs">The length of an input row, at least 0.</param>
    /// <param name="outputs">The length of an output row, at least 0.</param>
    /// <param name="format">How the weights are kept.</param>
    public DenseLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inputs, int outputs, NumberFormat format = NumberFormat.Float32)
    {
        if (weight.Length != (long)inputs * outputs || bias.Length != outputs)
            throw new ArgumentException($"A dense layer of {inputs} inputs and {outputs} outputs needs {(long)inputs * outputs} weights and {outputs} biases; given: {weight.Length} and {bias.Length}.", nameof(weight));
        (Inputs, Outputs) = (inputs, outputs);
        Format = format == NumberFormat.Int8 && inputs > MostInt8Inputs ? NumberFormat.BFloat16 : format;
        var panels = new PanelLayout(inputs, outputs);
        _bias = new AlignedBuffer<float>(panels.Padded);
        bias.CopyTo(_bias.Span);
        switch (Format)
        {
            case NumberFormat.Float32:
                _floats = new AlignedBuffer<float>(panels.Size);
                panels.Pack(weight, _floats.Span);
                break;
            case NumberFormat.BFloat16:
                float[] rounded = weight.ToArray(); // here and below: packing is not acting, and may allocate
                _halves = new AlignedBuffer<BFloat16>(panels.Size);
                panels.Pack<BFloat16>(Array.ConvertAll(rounded, BFloat16.Round), _halves.Span);
                break;
            default:
                (_bytes, _scales) = (new AlignedBuffer<sbyte>(panels.PairedSize), new AlignedBuffer<float>(panels.Padded));
                sbyte[] whole = new sbyte[weight.Length];
                for (int o = 0; o < outputs; o++)
                    _scales.Span[o] = Quantizer.RoundToInt8(weight.Slice(o * inputs, inputs), whole.AsSpan(o * inputs, inputs));
                panels.PackPairs(whole, _bytes.Span);
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
    public long Bytes => _bias.Bytes + (_floats?.Bytes ?? 0) + (_halves?.Bytes ?? 0) + (_bytes?.Bytes ?? 0) + (_scales?.Bytes ?? 0);

    /// <summary>Computes <paramref name="rows"/> rows with the widest vectors.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        RowGuard.Length(input.Length, rows, Inputs);
        RowGuard.Length(output.Length, rows, Outputs);
        fixed (float* x = input, y = output, b = _bias)
        {
            switch (Format)
            {
                case NumberFormat.Float32:
                    fixed (float* w = _floats) SimdWidth.Run(new DenseKernel<float>(x, y, w, b, rows, Inputs, Outputs));
                    break;
                case NumberFormat.BFloat16:
                    fixed (BFloat16* w = _halves) SimdWidth.Run(new DenseKernel<BFloat16>(x, y, w, b, rows, Inputs, Outputs));
                    break;
                default:
                    ApplyInt8(x, y, b, rows, scalar: false);
                    break;
            }
        }
    }

    /// <summary>As <see cref="Apply"/>, one number at a time.</summary>
    /// <param name="input"><c>[rows, Inputs]</c>.</param>
    /// <param name="output">Receives <c>[rows, Outputs]</c>; not the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void ApplyScalar(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        fixed (float* x = input, y = output, b = _bias)
        {
            switch (Format)
            {
                case NumberFormat.Float32:
                    fixed (float* w = _floats) new DenseKernel<float>(x, y, w, b, rows, Inputs, Outputs).Run<ScalarSimd, float>();
                    break;
                case NumberFormat.BFloat16:
                    fixed (BFloat16* w = _halves) new DenseKernel<BFloat16>(x, y, w, b, rows, Inputs, Outputs).Run<ScalarSimd, float>();
                    break;
                default:
                    ApplyInt8(x, y, b, rows, scalar: true);
                    break;
            }
        }
    }

    /// <summary>Rounds as many rows to 16 bits as fit on the stack, multiplies them, and goes on.</summary>
#if NET8_0_OR_GREATER
    [SkipLocalsInit]
#endif
    private void ApplyInt8(float* x, float* y, float* bias, int rows, bool scalar)
    {
        const int MostNumbers = MostInt8Inputs + 2;
        int pairs = (Inputs + 1) / 2, block = Math.Clamp(MostNumbers / Math.Max(1, 2 * pairs), 1, 16);
        if (block > 4) block &= ~3; // whole tiles of four rows
        int* rounded = stackalloc int[Math.Min(block, rows) * pairs];
        float* scale = stackalloc float[16];
        fixed (sbyte* w = _bytes)
        fixed (float* scales = _scales)
        {
            for (int row = 0; row < rows; row += block)
            {
                int n = Math.Min(block, rows - row);
                var round = new RoundKernel(x + ((long)row * Inputs), n, Inputs, rounded, scale, Quantizer.Limit(Math.Max(1, Inputs)));
                var multiply = new Int8DenseKernel(rounded, scale, y + ((long)row * Outputs), w, scales, bias, n, pairs, Outputs);
                if (scalar)
                {
                    round.Run<ScalarSimd, float>();
                    multiply.Run<ScalarPairs, int>();
                }
                else
                {
                    SimdWidth.Run(round);
                    PairsWidth.Run(multiply);
                }
            }
        }
    }
}
