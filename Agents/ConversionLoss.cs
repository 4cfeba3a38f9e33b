namespace RLSeq.Agents;

/// <summary>What converting a policy to another precision cost, on a sequence of observations that both were given.</summary>
/// <param name="Steps">The steps compared.</param>
/// <param name="ModeAgreement">The share of steps at which both policies' most likely actions are equal.</param>
/// <param name="SampleAgreement">The share of steps at which both draw the same action from the same random numbers.</param>
/// <param name="MeanKl">The mean of <c>KL(original ‖ converted)</c> of the action distributions, in nats.</param>
/// <param name="LargestKl">The largest of them.</param>
/// <param name="MeanValueError">The mean absolute difference of the values.</param>
public sealed record ConversionLoss(long Steps, double ModeAgreement, double SampleAgreement, double MeanKl, double LargestKl, double MeanValueError)
{
    /// <summary>The mean return of the original's episodes, or null where no environment was at hand.</summary>
    public double? ReturnBefore { get; init; }

    /// <summary>The mean return of the converted policy's episodes, of the same seeds.</summary>
    public double? ReturnAfter { get; init; }

    /// <summary>The episodes of each.</summary>
    public int Episodes { get; init; }
}
