using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>
/// What PPO does with every minibatch besides running the network, each as one operator of the native library
/// (<c>native/ppo_categorical.cpp</c>, <c>native/gradients.cpp</c>) where plain operators would be dozens over a few hundred numbers
/// each. They run on the CPU.
/// </summary>
public static class LearningOperators
{
    private static readonly Operator PpoOperator = new("rlseq::ppo_categorical");
    private static readonly Operator ScaleOperator = new("rlseq::advantage_scale");
    private static readonly Operator MergeOperator = new("rlseq::merge_gradients_");

    /// <summary>Whether the native library that is loaded has them.</summary>
    public static bool Exist => PpoOperator.Exists && ScaleOperator.Exists && MergeOperator.Exists;

    /// <summary>
    /// PPO's loss (Schulman et al. 2017) of some sequences of a rollout: the clipped objective, the squared error of the values (clipped
    /// too where asked) and the entropy. Autograd records it; second derivatives are refused.
    /// </summary>
    /// <param name="logits">Of all components, one after the other: <c>[K, B, A]</c>, float32 or float64.</param>
    /// <param name="values">The values, <c>[K, B]</c>.</param>
    /// <param name="index">Which of the stored sequences these are: int64 <c>[B]</c>.</param>
    /// <param name="actions">The stored choices, float32 <c>[K, S, C]</c>.</param>
    /// <param name="logProbabilities">The stored log-probabilities of the choices when they were made, float32 <c>[K, S]</c>.</param>
    /// <param name="valuesBefore">The stored values, float32 <c>[K, S]</c>.</param>
    /// <param name="advantages">The stored advantages as they are, float32 <c>[K, S]</c>; a value's target is the sum of both.</param>
    /// <param name="masks">Which choices were allowed: bool <c>[K, S, A]</c>; null where all were.</param>
    /// <param name="applied">Which samples the objective, the entropy, the KL divergence and the clip fraction are the means of: bool <c>[K, S]</c>; null for all. The values' error is the mean of all.</param>
    /// <param name="counts">The choices of each component, A in all.</param>
    /// <param name="scale">Mean and deviation that normalise the advantages of the objective, float32 <c>[2]</c>; null leaves them.</param>
    /// <param name="clip">How far a ratio may leave 1.</param>
    /// <param name="valueClip">How far a value may leave the stored one; 0 for any.</param>
    /// <param name="valueCoefficient">Weighs half the mean squared error.</param>
    /// <param name="entropyCoefficient">Weighs the mean entropy.</param>
    /// <param name="share">Scales the values' part of the loss, and with it its gradients.</param>
    /// <param name="appliedShare">Scales the rest.</param>
    /// <returns>
    /// The loss, a scalar; the probability ratios <c>[K, B]</c>; and policy loss, value loss, entropy, KL divergence and clip fraction
    /// <c>[5]</c>, the latter two without a gradient and unscaled.
    /// </returns>
    /// <exception cref="TorchException">A shape, type or device does not fit, or an action or index is out of range.</exception>
    public static (torch.Tensor Total, torch.Tensor Ratios, torch.Tensor Statistics) PpoCategorical(
        torch.Tensor logits, torch.Tensor values, torch.Tensor index, torch.Tensor actions, torch.Tensor logProbabilities, torch.Tensor valuesBefore, torch.Tensor advantages,
        torch.Tensor? masks, torch.Tensor? applied, long[] counts, torch.Tensor? scale, double clip, double valueClip, double valueCoefficient, double entropyCoefficient, double share, double appliedShare) =>
        PpoOperator.CallTriple(
            logits, values, index, actions, logProbabilities, valuesBefore, advantages, masks, applied, counts, scale, clip, valueClip, valueCoefficient, entropyCoefficient, share, appliedShare);

    /// <summary>What normalises the advantages of some sequences.</summary>
    /// <param name="advantages">The stored advantages, float32 <c>[K, S]</c>.</param>
    /// <param name="index">Which of the sequences: int64 <c>[B]</c>.</param>
    /// <param name="applied">Which samples count: bool <c>[K, S]</c>; null for all. At least two must.</param>
    /// <returns>The mean, and the sample deviation plus 1e-8: <c>[2]</c>.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit, or an index is out of range.</exception>
    public static torch.Tensor AdvantageScale(torch.Tensor advantages, torch.Tensor index, torch.Tensor? applied = null) => ScaleOperator.Call(advantages, index, applied);

    /// <summary>Adds up the gradients of a minibatch's parts, and scales the sums so that their norm is not above a bound.</summary>
    /// <param name="gradients">Part after part, each with one gradient per parameter; the first part's are contiguous and receive the sums.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="maxNorm">The bound; 0 for none.</param>
    /// <returns>The norm of the sums before they were scaled, a scalar.</returns>
    /// <exception cref="TorchException">A shape, type or device does not fit.</exception>
    public static torch.Tensor MergeGradients(torch.Tensor[] gradients, int parts, double maxNorm) => MergeOperator.Call(gradients, parts, maxNorm);
}
