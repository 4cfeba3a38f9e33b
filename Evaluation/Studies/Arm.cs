using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>One thing that a study trains with several seeds: an environment, its wrappers, a memory, and everything else that decides a run but the seed.</summary>
/// <remarks>Arms of different claims that say the same are the same runs.</remarks>
/// <param name="Label">A short name within its claim, such as <c>lstm</c> or <c>none with frame-stack=4</c>.</param>
/// <param name="Configuration">What is trained; its seed is set for each run.</param>
public sealed record Arm(string Label, TrainingConfiguration Configuration)
{
    /// <summary>The environment's name with its wrappers.</summary>
    public string Task => Configuration.EnvironmentOptions.Wrappers.Length == 0 ? Configuration.Environment : $"{Configuration.Environment} ({Configuration.EnvironmentOptions.Wrappers})";

    /// <summary>The return that scores 0, where the registry's does not hold; null for the registry's.</summary>
    public double? Zero { get; init; }

    /// <summary>The return that scores 1, where the registry's does not hold; null for the registry's.</summary>
    public double? One { get; init; }

    /// <summary>The configuration of one run.</summary>
    /// <param name="seed">Its seed.</param>
    public TrainingConfiguration Run(ulong seed) => Configuration with { Seed = seed };

    /// <summary>A return on the scale where uniformly random actions have 0 and the environment's reference player has 1.</summary>
    /// <param name="meanReturn">The mean return of a run's evaluation.</param>
    /// <exception cref="InvalidOperationException">The environment has no such returns, and the arm names none.</exception>
    public double Score(double meanReturn)
    {
        EnvironmentEntry entry = EnvironmentRegistry.Get(Configuration.Environment);
        bool known = WrapperList.Parse(Configuration.EnvironmentOptions.Wrappers).KeepsReturns;
        double zero = Zero ?? (known ? entry.RandomReturn : null) ?? throw NoScale("random");
        double one = One ?? (known ? entry.ReferenceReturn : null) ?? throw NoScale("reference");
        return (meanReturn - zero) / (one - zero);
    }

    /// <summary>What this build lacks to train it, in a few words; null where nothing is missing.</summary>
    public string? Missing
    {
        get
        {
            if (MemoryRegistry.All.All(entry => entry.Name != Configuration.Memory.Name)) return $"the memory {Configuration.Memory.Name}";
            string? wrapper = Configuration.EnvironmentOptions.Wrappers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(word => word.Split('=')[0])
                .FirstOrDefault(name => name != WrapperRegistry.Bare && WrapperRegistry.Entries.All(entry => entry.Name != name));
            return wrapper is null ? null : $"the wrapper {wrapper}";
        }
    }

    private InvalidOperationException NoScale(string which) => new($"{Task} has no {which} return that scores could be measured by; the arm {Label} must name one.");
}
