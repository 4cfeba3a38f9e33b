namespace RLSeq.Evaluation;

/// <summary>A part of a claim: a quantity that is claimed to lie on one side of a bound, which is the smallest effect that matters.</summary>
/// <param name="Measure">The quantity.</param>
/// <param name="Side">The claimed side.</param>
/// <param name="Bound">The bound.</param>
public sealed record Condition(Measure Measure, Side Side, double Bound)
{
    /// <summary>The condition as a person reads it.</summary>
    public string Text => $"{Measure.Text} {(Side == Side.Above ? ">" : "<")} {StudyFigures.Bound(Bound, Measure.Unit)}";

    /// <summary>Decides by the interval alone; an interval that ends at the bound decides nothing.</summary>
    /// <param name="measured">What was measured.</param>
    public Outcome Judge(Measured measured)
    {
        if (!measured.IsComplete || measured.Estimate is not { } estimate) return Outcome.Open;
        bool above = estimate.Low > Bound, below = estimate.High < Bound;
        if (!above && !below) return Outcome.Open;
        return above == (Side == Side.Above) ? Outcome.Holds : Outcome.Fails;
    }
}
