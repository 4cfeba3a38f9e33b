namespace RLSeq.Policies;

/// <summary>What TorchSharp's packages can do beyond the common API: nothing. Every memory composes its recurrence of plain operators.</summary>
internal static class FusedSequences
{
    /// <summary>Whether the operators take a sequence of this type, where it lives: there are none.</summary>
    /// <param name="input">The input, <c>[T, B, D]</c>.</param>
    public static bool Serve(Tensor input) => false;

    /// <summary>Whether there are operators for a device: there are none.</summary>
    /// <param name="device">The device.</param>
    public static bool ServesOn(DeviceType device) => false;

    /// <inheritdoc cref="LstmComposition.Run"/>
    public static (Tensor Output, Tensor H, Tensor C) Lstm(Tensor input, Tensor h, Tensor c, Tensor starts, Tensor inputWeight, Tensor recurrentWeight, Tensor bias) =>
        LstmComposition.Run(input, h, c, starts, inputWeight, recurrentWeight, bias);

    /// <inheritdoc cref="GruComposition.Run"/>
    public static (Tensor Output, Tensor H) Gru(Tensor input, Tensor h, Tensor starts, Tensor inputWeight, Tensor inputBias, Tensor recurrentWeight, Tensor recurrentBias) =>
        GruComposition.Run(input, h, starts, inputWeight, inputBias, recurrentWeight, recurrentBias);

    /// <inheritdoc cref="MinGruComposition.Run"/>
    public static (Tensor Output, Tensor H) MinGru(Tensor input, Tensor h, Tensor starts, Tensor weight, Tensor bias) =>
        MinGruComposition.Run(input, h, starts, weight, bias);

    /// <inheritdoc cref="FastWeightComposition.Run"/>
    public static (Tensor Read, Tensor State) FastWeights(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts, bool correct) =>
        FastWeightComposition.Run(q, k, v, keep, write, state, starts, correct);

    /// <inheritdoc cref="DiagonalComposition.Run"/>
    public static (Tensor Output, Tensor H) Diagonal(Tensor input, Tensor h, Tensor starts, Tensor factor, Tensor gain) =>
        DiagonalComposition.Run(input, h, starts, factor, gain);
}
