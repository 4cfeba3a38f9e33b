namespace RLSeq.Policies;

/// <summary>
/// The GRU's recurrence composed of plain operators, for every device and provider; the twin of <see cref="FusedSequences.Gru"/>. The
/// input's product is one matrix product over all steps; per step there remain one recurrent product and the gates. Where an episode
/// begins, h is multiplied by zero, which also stops the gradient.
/// </summary>
internal static class GruComposition
{
    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="input">x, <c>[T, B, D]</c>, at least one step.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="inputWeight">W_i, <c>[3D, D]</c>, gates in the order r z n.</param>
    /// <param name="inputBias">b_i, <c>[3D]</c>.</param>
    /// <param name="recurrentWeight">W_h, <c>[3D, D]</c>.</param>
    /// <param name="recurrentBias">b_h, <c>[3D]</c>.</param>
    /// <returns>h of all steps <c>[T, B, D]</c>, and h after the last.</returns>
    public static (Tensor Output, Tensor H) Run(Tensor input, Tensor h, Tensor starts, Tensor inputWeight, Tensor inputBias, Tensor recurrentWeight, Tensor recurrentBias)
    {
        using DisposeScope scope = NewDisposeScope();
        long width = input.shape[2];
        Tensor fromInput = nn.functional.linear(input, inputWeight, inputBias); // [T, B, 3D]
        Tensor[] switches = fromInput.narrow(-1, 0, 2 * width).unbind(0), candidates = fromInput.narrow(-1, 2 * width, width).unbind(0); // T of [B, 2D], of [B, D]
        EpisodeStarts begins = new(starts, input.dtype);
        Tensor recurrent = recurrentWeight.t();
        var outputs = new Tensor[candidates.Length];
        for (int t = 0; t < outputs.Length; t++)
        {
            h = begins.Clear(t, h);
            Tensor fromState = addmm(recurrentBias, h, recurrent); // [B, 3D]
            Tensor[] gates = (switches[t] + fromState.narrow(1, 0, 2 * width)).sigmoid().chunk(2, 1); // r, z
            Tensor candidate = (candidates[t] + (gates[0] * fromState.narrow(1, 2 * width, width))).tanh();
            h = candidate + (gates[1] * (h - candidate));
            outputs[t] = h;
        }
        Tensor output = stack(outputs, 0);
        return (output.MoveToOuterDisposeScope(), h.MoveToOuterDisposeScope());
    }
}
