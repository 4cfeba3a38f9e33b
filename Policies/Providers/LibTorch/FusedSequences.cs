using RLSeq.LibTorch;

namespace RLSeq.Policies;

/// <summary>
/// What this build's provider of tensors can do beyond the common API: recurrences over whole sequences as one operator. A memory asks
/// <see cref="Serve"/> and composes its recurrence of plain operators otherwise.
/// </summary>
internal static class FusedSequences
{
    private static readonly bool Exist = SequenceOperators.Exist;

    /// <summary>Whether the operators take a sequence of this type, where it lives.</summary>
    /// <param name="input">The input, <c>[T, B, D]</c>.</param>
    public static bool Serve(Tensor input) => ServesOn(input.device_type) && input.dtype is ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether there are operators for a device.</summary>
    /// <param name="device">The device.</param>
    public static bool ServesOn(DeviceType device) => Exist && device == DeviceType.CPU;

    /// <inheritdoc cref="LstmComposition.Run"/>
    public static (Tensor Output, Tensor H, Tensor C) Lstm(Tensor input, Tensor h, Tensor c, Tensor starts, Tensor inputWeight, Tensor recurrentWeight, Tensor bias) =>
        SequenceOperators.Lstm(input, h, c, starts, inputWeight, recurrentWeight, bias);

    /// <inheritdoc cref="GruComposition.Run"/>
    public static (Tensor Output, Tensor H) Gru(Tensor input, Tensor h, Tensor starts, Tensor inputWeight, Tensor inputBias, Tensor recurrentWeight, Tensor recurrentBias) =>
        SequenceOperators.Gru(input, h, starts, inputWeight, inputBias, recurrentWeight, recurrentBias);

    /// <inheritdoc cref="MinGruComposition.Run"/>
    public static (Tensor Output, Tensor H) MinGru(Tensor input, Tensor h, Tensor starts, Tensor weight, Tensor bias) =>
        SequenceOperators.MinGru(input, h, starts, weight, bias);

    /// <inheritdoc cref="FastWeightComposition.Run"/>
    public static (Tensor Read, Tensor State) FastWeights(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts, bool correct) =>
        SequenceOperators.FastWeights(q, k, v, keep, write, state, starts, correct);

    /// <inheritdoc cref="DiagonalComposition.Run"/>
    public static (Tensor Output, Tensor H) Diagonal(Tensor input, Tensor h, Tensor starts, Tensor factor, Tensor gain) =>
        SequenceOperators.Diagonal(input, h, starts, factor, gain);
}
