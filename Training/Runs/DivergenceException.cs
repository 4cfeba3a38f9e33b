namespace RLSeq.Training;

/// <summary>Training diverged: a loss, or what the policy computes, is NaN or infinite, so that nothing which follows can be of use.</summary>
/// <param name="message">What is not finite, since when, and how to mend it.</param>
/// <param name="cause">What noticed it first, if something else did.</param>
public sealed class DivergenceException(string message, Exception? cause = null) : Exception(message, cause);
