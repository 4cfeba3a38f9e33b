using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>
/// Recurrences over whole sequences, forward and backward, in which episodes begin anywhere: the operators of the native library
/// (<c>native/sequence_*.cpp</c>) that libtorch lacks. They run on the CPU, in float32 and float64, their matrix products on
/// libtorch's threads and the rest on the calling one; autograd records them. Second derivatives are refused.
/// </summary>
public static class SequenceOperators
{
    private static readonly Operator LstmOperator = new("rlseq::lstm");
    private static readonly Operator GruOperator = new("rlseq::gru");
    private static readonly Operator MinGruOperator = new("rlseq::min_gru");
    private static readonly Operator FastWeightsOperator = new("rlseq::fast_weights");
    private static readonly Operator DiagonalOperator = new("rlseq::diagonal");
    private static readonly Operator KernelChoice = new("rlseq::use_kernels");

    /// <summary>Whether the native library that is loaded has them.</summary>
    public static bool Exist => LstmOperator.Exists && GruOperator.Exists && MinGruOperator.Exists && FastWeightsOperator.Exists && DiagonalOperator.Exists;

    /// <summary>One layer of LSTM, in PyTorch's gate order i f g o.</summary>
    /// <param name="input">x, <c>[T, B, D]</c>, not empty.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="c">c before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins, so that h and c are zero before that step: bool <c>[T, B]</c>.</param>
    /// <param name="inputWeight">W_ih, <c>[4D, D]</c>.</param>
    /// <param name="recurrentWeight">W_hh, <c>[4D, D]</c>.</param>
    /// <param name="bias">b, <c>[4D]</c>.</param>
    /// <returns>h of all steps <c>[T, B, D]</c>, and h and c after the last.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static (torch.Tensor Output, torch.Tensor H, torch.Tensor C) Lstm(
        torch.Tensor input, torch.Tensor h, torch.Tensor c, torch.Tensor starts, torch.Tensor inputWeight, torch.Tensor recurrentWeight, torch.Tensor bias) =>
        LstmOperator.CallTriple(input, h, c, starts, inputWeight, recurrentWeight, bias);

    /// <summary>One layer of gated recurrent units, in PyTorch's variant and gate order r z n.</summary>
    /// <param name="input">x, <c>[T, B, D]</c>, not empty.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins, so that h is zero before that step: bool <c>[T, B]</c>.</param>
    /// <param name="inputWeight">W_i, <c>[3D, D]</c>.</param>
    /// <param name="inputBias">b_i, <c>[3D]</c>.</param>
    /// <param name="recurrentWeight">W_h, <c>[3D, D]</c>.</param>
    /// <param name="recurrentBias">b_h, <c>[3D]</c>.</param>
    /// <returns>h of all steps <c>[T, B, D]</c>, and h after the last.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static (torch.Tensor Output, torch.Tensor H) Gru(
        torch.Tensor input, torch.Tensor h, torch.Tensor starts, torch.Tensor inputWeight, torch.Tensor inputBias, torch.Tensor recurrentWeight, torch.Tensor recurrentBias) =>
        GruOperator.CallPair(input, h, starts, inputWeight, inputBias, recurrentWeight, recurrentBias);

    /// <summary>
    /// One layer of minimal gated recurrent units with an output gate, in the order z n o:
    /// <c>[a_z n a_o] = W x + b</c>, <c>h' = h + σ(a_z)·(n − h)</c>, or <c>h' = n</c> where an episode begins. The output is <c>σ(a_o)·tanh(h')</c>.
    /// </summary>
    /// <param name="input">x, <c>[T, B, D]</c>, not empty.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins, so that h is n after that step: bool <c>[T, B]</c>.</param>
    /// <param name="weight">W, <c>[3D, D]</c>.</param>
    /// <param name="bias">b, <c>[3D]</c>.</param>
    /// <returns>The output of all steps <c>[T, B, D]</c>, and h after the last.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static (torch.Tensor Output, torch.Tensor H) MinGru(torch.Tensor input, torch.Tensor h, torch.Tensor starts, torch.Tensor weight, torch.Tensor bias) =>
        MinGruOperator.CallPair(input, h, starts, weight, bias);

    /// <summary>
    /// Fast weights: a matrix S per row and head, keys down and values across, that every step writes to and then reads from:
    /// <c>S' = a·S</c>, <c>S = S' + b·k (v − S'ᵀ k)ᵀ</c> (or <c>S' + b·k vᵀ</c> where nothing is corrected), <c>r = Sᵀ q</c>.
    /// </summary>
    /// <remarks>Kept for the backward pass is S before about √T of the steps; the states between are computed again, one head at a time.</remarks>
    /// <param name="q">Queries, <c>[T, B, H, K]</c>, not empty.</param>
    /// <param name="k">Keys, <c>[T, B, H, K]</c>.</param>
    /// <param name="v">Values, <c>[T, B, H, E]</c>.</param>
    /// <param name="keep">a, <c>[T, B, H]</c>.</param>
    /// <param name="write">b, <c>[T, B, H]</c>.</param>
    /// <param name="state">S before the first step, <c>[B, H, K, E]</c>.</param>
    /// <param name="starts">True where an episode begins, so that S is zero before that step: bool <c>[T, B]</c>.</param>
    /// <param name="correct">Whether what k recalls is subtracted from v.</param>
    /// <returns>r of all steps, <c>[T, B, H, E]</c>, and S after the last.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static (torch.Tensor Read, torch.Tensor State) FastWeights(
        torch.Tensor q, torch.Tensor k, torch.Tensor v, torch.Tensor keep, torch.Tensor write, torch.Tensor state, torch.Tensor starts, bool correct) =>
        FastWeightsOperator.CallPair(q, k, v, keep, write, state, starts, correct);

    /// <summary>
    /// A linear recurrence of N complex units whose factors do not depend on time: <c>h_t = f · h_(t−1) + g · x_t</c>, unit by unit, or
    /// <c>h_t = x_t</c> where an episode begins. A row of 2N numbers holds the real parts, and then the imaginary parts.
    /// </summary>
    /// <param name="input">x, not empty: <c>[T, B, 2N]</c>, or <c>[T, B, M]</c>, real numbers where M divides N: unit j takes number j mod M.</param>
    /// <param name="h">h before the first step, <c>[B, 2N]</c>.</param>
    /// <param name="starts">True where an episode begins, so that nothing before that step is kept: bool <c>[T, B]</c>.</param>
    /// <param name="factor">f, <c>[2N]</c>.</param>
    /// <param name="gain">g, which is real, <c>[N]</c>.</param>
    /// <returns>h of all steps <c>[T, B, 2N]</c>, and h after the last.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static (torch.Tensor Output, torch.Tensor H) Diagonal(torch.Tensor input, torch.Tensor h, torch.Tensor starts, torch.Tensor factor, torch.Tensor gain) =>
        DiagonalOperator.CallPair(input, h, starts, factor, gain);

    /// <summary>Chooses the instruction set that the operators use from now on, in the whole process: for tests. The widest is chosen at first.</summary>
    /// <param name="instructionSet">base, avx2 or avx512.</param>
    /// <returns>False, and nothing changes, where this processor lacks it.</returns>
    public static bool UseInstructionSet(string instructionSet) => KernelChoice.CallBool(instructionSet);
}
