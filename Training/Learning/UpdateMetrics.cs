namespace RLSeq.Training;

/// <summary>What one update measured, each the mean over its minibatches.</summary>
/// <param name="PolicyLoss">The clipped objective, negated.</param>
/// <param name="ValueLoss">Half the mean squared error of the values.</param>
/// <param name="Entropy">Of the policy, in nats.</param>
/// <param name="KlDivergence">From the collecting policy to the current one: the mean of <c>r − 1 − log r</c> (Schulman 2020).</param>
/// <param name="ClipFraction">Share of the samples whose ratio was clipped.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="FirstRatioError">The largest <c>|r − 1|</c> of the first minibatch, before any optimiser step: the distance between acting and learning.</param>
/// <param name="Epochs">Passes made; fewer than configured after a KL stop.</param>
public sealed record UpdateMetrics(double PolicyLoss, double ValueLoss, double Entropy, double KlDivergence, double ClipFraction, double GradientNorm, double FirstRatioError, int Epochs);
