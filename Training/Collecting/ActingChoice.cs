using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>Which engine acts while collecting: the values of the configuration's <c>acting</c>, and the rule behind <c>auto</c>.</summary>
public static class ActingChoice
{
    /// <summary>Chosen by the rule, and written into the run's configuration as what was chosen.</summary>
    public const string Auto = "auto";

    /// <summary>The managed engine, on the CPU.</summary>
    public const string Managed = "managed";

    /// <summary>libtorch, on the device that learns.</summary>
    public const string Torch = "torch";

    /// <summary>
    /// The multiply-adds per step and collecting thread from which a GPU acts. The managed engine does about 35 billion per second and
    /// core, so this takes it about a millisecond, and a step of the network on a GPU takes some hundred microseconds of kernel launches
    /// however large it is.
    /// </summary>
    public const long LeastWorkForCuda = 1L << 25;

    /// <summary>
    /// The engine to act with. <c>auto</c> is torch where the network learns on CUDA and environments · parameters, divided by the
    /// collecting threads, reaches <see cref="LeastWorkForCuda"/>; and managed everywhere else: on a CPU it was faster at every size that
    /// <c>rlseq bench act --engines</c> measured.
    /// </summary>
    /// <param name="acting"><c>auto</c>, <c>managed</c> or <c>torch</c>.</param>
    /// <param name="device">Where the network learns.</param>
    /// <param name="environments">The environments stepped side by side.</param>
    /// <param name="parameters">The network's weights, each of which multiplies once per row and step.</param>
    /// <param name="threads">The collecting threads.</param>
    /// <returns><see cref="Managed"/> or <see cref="Torch"/>.</returns>
    public static string Resolve(string acting, DeviceType device, int environments, long parameters, int threads)
    {
        if (acting != Auto) return acting;
        double work = (double)environments * parameters / Math.Min(threads, environments);
        return device == DeviceType.CUDA && work >= LeastWorkForCuda ? Torch : Managed;
    }

    /// <summary>Refuses to learn and collect at the same time where both use the same weights.</summary>
    /// <param name="configuration">The configuration; <see cref="Auto"/> is not decided yet, and passes.</param>
    /// <exception cref="UserInputException">It asks for both.</exception>
    internal static void CheckOverlap(TrainingConfiguration configuration)
    {
        if (configuration.Overlap && configuration.Acting == Torch)
            throw new UserInputException("overlap is true, but torch acts with the very weights that an update changes; set acting=managed, or overlap=false.");
    }
}
