namespace RLSeq.Agents;

/// <summary>
/// What a fast and forgetful memory has and does not have. Every form is a memory of its own name; learning and acting both read it here, so that the name
/// in a policy file says all of it.
/// </summary>
/// <param name="Name">The memory's name, which is also the kind in a policy file.</param>
public sealed record FfmForm(string Name)
{
    /// <summary>As it was published (Morad et al. 2023): sums of all steps, each weighing the same.</summary>
    public static FfmForm Published { get; } = new("ffm");

    /// <summary>With sums of one size, in which an episode's first step counts in full, and contexts that turn faster at first.</summary>
    public static FfmForm Normalized { get; } = new("ffm-normalized") { Normalizes = true };

    /// <summary>All forms.</summary>
    public static IReadOnlyList<FfmForm> All { get; } = [Published, Normalized];

    /// <summary>Whether a step is multiplied by a gain per trace, all but an episode's first, which the state therefore tells from the others.</summary>
    public bool Normalizes { get; init; }

    /// <summary>The canonical state of one row: real and imaginary parts, context by context, then whether the episode has begun where the form has that.</summary>
    /// <param name="traces">m.</param>
    /// <param name="contexts">c.</param>
    public MemoryLayout Layout(int traces, int contexts)
    {
        MemoryBlock real = new("real", [contexts, traces]), imaginary = new("imaginary", [contexts, traces]);
        return Normalizes ? new MemoryLayout(real, imaginary, new MemoryBlock("begun", [1])) : new MemoryLayout(real, imaginary);
    }
}
