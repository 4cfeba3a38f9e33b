namespace RLSeq.Agents;

/// <summary>Rounds numbers to bfloat16, two per word (see <see cref="Words"/>).</summary>
/// <param name="x">The numbers, <c>[2 · words]</c>.</param>
/// <param name="target">Receives the words.</param>
/// <param name="words">Their number, whole groups.</param>
internal readonly unsafe struct RoundHalvesKernel(float* x, uint* target, int words) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        for (int word = 0; word < words; word += simd.Count)
        {
            float* low = x + Words.Output(word);
            simd.StoreHalves(target + word, simd.Load(low), simd.Load(low + (Words.Group / 2)));
        }
    }
}
