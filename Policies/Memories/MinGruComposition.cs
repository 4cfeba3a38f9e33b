namespace RLSeq.Policies;

/// <summary>
/// min-gru's recurrence composed of plain operators, for every device and provider; the twin of <see cref="FusedSequences.MinGru"/>.
/// Since no gate depends on h, all gates are one matrix product, and all steps one parallel scan, <see cref="ResettableScan"/>. Where an
/// episode begins, z is one: nothing is kept, and no gradient goes back.
/// </summary>
internal static class MinGruComposition
{
    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="input">x, <c>[T, B, D]</c>, at least one step.</param>
    /// <param name="h">h before the first step, <c>[B, D]</c>.</param>
    /// <param name="starts">True where an episode begins, so that h is the candidate n after that step: bool <c>[T, B]</c>.</param>
    /// <param name="weight">W, <c>[3D, D]</c>, gates in the order z n o.</param>
    /// <param name="bias">b, <c>[3D]</c>.</param>
    /// <returns>The output σ(a_o)·tanh(h) of all steps <c>[T, B, D]</c>, and h after the last.</returns>
    public static (Tensor Output, Tensor H) Run(Tensor input, Tensor h, Tensor starts, Tensor weight, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] gates = nn.functional.linear(input, weight, bias).chunk(3, -1); // z, n and o before their activation, [T, B, D]
        Tensor z = gates[0].sigmoid().masked_fill(starts.unsqueeze(-1), 1);
        Tensor states = ResettableScan.Run(1 - z, z * gates[1], h);
        Tensor output = gates[2].sigmoid() * states.tanh();
        return (output.MoveToOuterDisposeScope(), states.select(0, -1).clone().MoveToOuterDisposeScope());
    }
}
