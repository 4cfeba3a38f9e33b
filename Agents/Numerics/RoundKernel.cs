namespace RLSeq.Agents;

/// <summary>Rounds rows to 16 bits, each with its own scale, in pairs.</summary>
/// <param name="x">Rows, <c>[rows, length]</c>.</param>
/// <param name="rows">The rows.</param>
/// <param name="length">The numbers of one.</param>
/// <param name="rounded">Receives pairs, <c>[rows, (length + 1) / 2]</c>; a last odd one is beside a zero.</param>
/// <param name="scale">Receives every row's scale.</param>
/// <param name="limit">The integer of a row's largest number.</param>
internal readonly unsafe struct RoundKernel(float* x, int rows, int length, int* rounded, float* scale, int limit) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int pairs = (length + 1) / 2;
        for (int row = 0; row < rows; row++)
            scale[row] = Quantizer.Round<TSimd, TVector>(x + ((long)row * length), length, (short*)(rounded + ((long)row * pairs)), 2 * pairs, limit);
    }
}
