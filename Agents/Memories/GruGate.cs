using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The gate in the place of a residual connection (GTrXL, Parisotto et al. 2020): with the stream x and a part's rectified output y,
/// <c>r = σ(W_r y + U_r x)</c>, <c>z = σ(W_z y + U_z x − b)</c>, <c>n = tanh(W_g y + U_g (r·x))</c>, and x becomes <c>x + z·(n − x)</c>.
/// </summary>
/// <remarks>
/// Weights: <c>{name}.part.weight [3D, D]</c> (W_r, W_z, W_g), <c>{name}.stream.weight [2D, D]</c> (U_r, U_z),
/// <c>{name}.candidate.weight [D, D]</c> (U_g) and <c>{name}.bias [D]</c> (b).
/// </remarks>
internal sealed unsafe class GruGate
{
    private readonly int _width;
    private readonly DenseLayer _part, _stream, _candidate;

    /// <summary>Packs the weights.</summary>
    /// <param name="reader">Has them.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="width">The width of the stream, D.</param>
    public GruGate(ModuleReader reader, string name, int width)
    {
        _width = width;
        float[] bias = new float[3 * width], towardsIdentity = reader.Weight($"{name}.bias", width);
        for (int j = 0; j < width; j++) bias[width + j] = -towardsIdentity[j];
        _part = reader.Pack(reader.Weight($"{name}.part.weight", 3 * width, width), bias, width, 3 * width);
        _stream = reader.Pack(reader.Weight($"{name}.stream.weight", 2 * width, width), new float[2 * width], width, 2 * width);
        _candidate = reader.Pack(reader.Weight($"{name}.candidate.weight", width, width), new float[width], width, width);
    }

    /// <summary>Multiply-adds for one row.</summary>
    public long Operations => _part.Operations + _stream.Operations + _candidate.Operations;

    /// <summary>The bytes of weights that one application reads.</summary>
    public long Bytes => _part.Bytes + _stream.Bytes + _candidate.Bytes;

    /// <summary>Mixes what a part made into the stream, row by row.</summary>
    /// <param name="part">What the part made, <c>[n, D]</c>; is rectified here.</param>
    /// <param name="x">The stream, <c>[n, D]</c>.</param>
    /// <param name="scratch">Room for n rows.</param>
    public void Apply(Span<float> part, Span<float> x, GruGateScratch scratch)
    {
        int rows = x.Length / _width;
        Elementwise.Apply(ElementFunction.Relu, part);
        _part.Apply(part, scratch.FromPart, rows);
        _stream.Apply(x, scratch.FromStream, rows);
        fixed (float* fromPart = scratch.FromPart, fromStream = scratch.FromStream, stream = x, reset = scratch.Reset)
        {
            for (int row = 0; row < rows; row++)
                SimdWidth.RunElements(new ResetKernel(fromPart + (3 * row * _width), fromStream + (2 * row * _width), stream + (row * _width), reset + (row * _width)), _width);
        }
        _candidate.Apply(scratch.Reset, scratch.Candidate, rows);
        fixed (float* fromPart = scratch.FromPart, fromStream = scratch.FromStream, stream = x, candidate = scratch.Candidate)
        {
            for (int row = 0; row < rows; row++)
                SimdWidth.RunElements(new MixKernel(fromPart + (3 * row * _width), fromStream + (2 * row * _width), candidate + (row * _width), stream + (row * _width), _width), _width);
        }
    }

    /// <summary>One row's <c>r·x</c>, which the last product takes.</summary>
    private readonly struct ResetKernel(float* fromPart, float* fromStream, float* stream, float* reset) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector r = Functions.Sigmoid<TSimd, TVector>(simd.Add(simd.Load(fromPart + j), simd.Load(fromStream + j)));
            simd.Store(reset + j, simd.Multiply(r, simd.Load(stream + j)));
        }
    }

    /// <summary>One row's candidate, and how much of it the stream takes.</summary>
    private readonly struct MixKernel(float* fromPart, float* fromStream, float* candidate, float* stream, int width) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector z = Functions.Sigmoid<TSimd, TVector>(simd.Add(simd.Load(fromPart + width + j), simd.Load(fromStream + width + j)));
            TVector n = Functions.Tanh<TSimd, TVector>(simd.Add(simd.Load(fromPart + (2 * width) + j), simd.Load(candidate + j)));
            TVector x = simd.Load(stream + j);
            simd.Store(stream + j, simd.MultiplyAdd(z, simd.Subtract(n, x), x));
        }
    }
}
