namespace RLSeq.Policies;

/// <summary>
/// A linear recurrence of complex units, composed of plain operators, for every device and provider; the twin of
/// <see cref="FusedSequences.Diagonal"/>. All steps are one parallel scan, <see cref="ResettableScan"/>, over
/// <see cref="ComplexPlanes"/>. Where an episode begins the factor is zero and the gain one:
/// nothing is kept, and no gradient goes back.
/// </summary>
internal static class DiagonalComposition
{
    /// <summary>Runs T steps of B rows: <c>h_t = f · h_(t−1) + g · x_t</c>, unit by unit.</summary>
    /// <param name="input">x, at least one step: <c>[T, B, 2N]</c>, the real parts of N numbers, and then their imaginary parts; or <c>[T, B, M]</c>, real, where M divides N: unit j takes number j mod M.</param>
    /// <param name="h">h before the first step, <c>[B, 2N]</c>.</param>
    /// <param name="starts">True where an episode begins, so that h is x after that step: bool <c>[T, B]</c>.</param>
    /// <param name="factor">f, <c>[2N]</c>.</param>
    /// <param name="gain">g, which is real, <c>[N]</c>.</param>
    /// <returns>h of all steps <c>[T, B, 2N]</c>, and h after the last.</returns>
    public static (Tensor Output, Tensor H) Run(Tensor input, Tensor h, Tensor starts, Tensor factor, Tensor gain)
    {
        using DisposeScope scope = NewDisposeScope();
        long units = gain.shape[0], inputs = input.shape[^1];
        if (inputs != 2 * units) input = cat([.. Enumerable.Repeat(input, (int)(units / inputs)), zeros_like(input.narrow(-1, 0, 1)).expand(input.shape[0], input.shape[1], units)], -1);
        Tensor first = starts.unsqueeze(-1), gains = cat([gain, gain], 0);
        Tensor states = ResettableScan.Run(factor.expand(input.shape).masked_fill(first, 0), input * gains.expand(input.shape).masked_fill(first, 1), h, ComplexPlanes.Product);
        return (states.MoveToOuterDisposeScope(), states.select(0, -1).clone().MoveToOuterDisposeScope());
    }
}
