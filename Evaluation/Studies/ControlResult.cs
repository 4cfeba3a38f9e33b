namespace RLSeq.Evaluation;

/// <summary>A control with what was measured of it.</summary>
/// <param name="Control">The control.</param>
/// <param name="Value">The value; null where too little was measured.</param>
public sealed record ControlResult(Control Control, double? Value)
{
    /// <summary>Whether the experiment can say anything.</summary>
    public bool IsMet => Value >= Control.Bound;
}
