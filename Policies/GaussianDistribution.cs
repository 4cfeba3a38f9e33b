namespace RLSeq.Policies;

/// <summary>
/// Independent normal distributions, one per element of a box: n means and then n logarithms of standard deviations, in the box's units.
/// The logarithms do not depend on the state (Andrychowicz et al. 2021).
/// </summary>
/// <param name="acting">The acting engine's twin, which says the units.</param>
internal sealed class GaussianDistribution(Agents.GaussianDistribution acting) : ActionDistribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);
    private readonly int _count = acting.ActionSize;

    public override int Parameters => acting.Parameters;

    public override int ActionSize => _count;

    public override int MaskSize => 0;

    internal override IEnumerable<(int Count, bool FromState)> Runs => [(_count, true), (_count, false)];

    public override Tensor Mask(Tensor parameters, Tensor mask) => parameters;

    public override Tensor LogProbability(Tensor parameters, Tensor actions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor means = parameters.narrow(-1, 0, _count), logarithms = parameters.narrow(-1, _count, _count);
        Tensor z = (((actions - acting.Middle) / acting.Unit) - means) * (-logarithms).exp();
        return (-((0.5 * z.square()) + logarithms).sum(-1) - (_count * (HalfLogTwoPi + Math.Log(acting.Unit)))).MoveToOuterDisposeScope();
    }

    public override Tensor Entropy(Tensor parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        return (parameters.narrow(-1, _count, _count).sum(-1) + (_count * (0.5 + HalfLogTwoPi + Math.Log(acting.Unit)))).MoveToOuterDisposeScope();
    }
}
