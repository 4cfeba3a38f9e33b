namespace RLSeq.Policies;

/// <summary>
/// The LSTM's recurrence composed of plain operators, for every device and provider; the twin of <see cref="FusedSequences.Lstm"/>. The
/// input's product is one matrix product over all steps; per step there remain one recurrent product and the gates. Where an episode
/// begins, h and c are multiplied by zero, which also stops the gradient.
/// </summary>
internal static class LstmComposition
{
    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="input">x, <c>[T, B, D]</c>, at least one step.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="c">c before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="inputWeight">W_ih, <c>[4D, D]</c>, gates in the order i f g o.</param>
    /// <param name="recurrentWeight">W_hh, <c>[4D, D]</c>.</param>
    /// <param name="bias">b, <c>[4D]</c>.</param>
    /// <returns>h of all steps <c>[T, B, D]</c>, and h and c after the last.</returns>
    public static (Tensor Output, Tensor H, Tensor C) Run(Tensor input, Tensor h, Tensor c, Tensor starts, Tensor inputWeight, Tensor recurrentWeight, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] fromInput = (input.matmul(inputWeight.t()) + bias).unbind(0); // T of [B, 4D]
        EpisodeStarts begins = new(starts, input.dtype);
        Tensor recurrent = recurrentWeight.t();
        var outputs = new Tensor[fromInput.Length];
        for (int t = 0; t < outputs.Length; t++)
        {
            (h, c) = (begins.Clear(t, h), begins.Clear(t, c));
            Tensor[] gates = addmm(fromInput[t], h, recurrent).chunk(4, 1);
            c = (gates[1].sigmoid() * c) + (gates[0].sigmoid() * gates[2].tanh());
            h = gates[3].sigmoid() * c.tanh();
            outputs[t] = h;
        }
        Tensor output = stack(outputs, 0);
        return (output.MoveToOuterDisposeScope(), h.MoveToOuterDisposeScope(), c.MoveToOuterDisposeScope());
    }
}
