namespace RLSeq.Environments;

/// <summary>What is known about an environment that can be made by name.</summary>
/// <param name="Name">The name, found whatever its upper and lower case.</param>
/// <param name="Description">One line.</param>
/// <param name="Create">
/// Makes a new instance; instances share nothing. It is the bare environment; <see cref="EnvironmentRegistry.Create(string)"/> adds what
/// the task is meant to be played with. Of a world with several agents it is one agent <see cref="AmongRandomAgents"/>.
/// </param>
public sealed record EnvironmentEntry(string Name, string Description, Func<IEnvironment> Create)
{
    /// <summary>Makes a world with several agents, which are trained together as rows, one policy for all; null where there is one agent.</summary>
    public Func<IMultiAgentEnvironment>? CreateWorld { get; init; }

    /// <summary>Whether an agent without memory is far from the best return.</summary>
    public bool NeedsMemory { get; init; }

    /// <summary>
    /// Whether the task cannot be solved without knowing the previous action, because the observation speaks of the place or the card
    /// that the action chose.
    /// </summary>
    public bool NeedsPreviousAction { get; init; }

    /// <summary>The mean return that means that the task is solved, where known.</summary>
    public double? ReferenceReturn { get; init; }

    /// <summary>The mean return of uniformly random actions, where known.</summary>
    public double? RandomReturn { get; init; }

    /// <summary>Whether the environment implements <see cref="IFullState"/>; then its full-state twin is registered with it.</summary>
    public bool HasFullState { get; init; }

    /// <summary>The name of the twin that shows the full state, and so bounds from above what a memory can earn; null where there is none.</summary>
    public string? FullStateTwin { get; init; }

    /// <summary>The entry of a world with several agents.</summary>
    /// <param name="name">The name, found whatever its upper and lower case.</param>
    /// <param name="description">One line.</param>
    /// <param name="create">Makes a new world; worlds share nothing.</param>
    public static EnvironmentEntry OfWorld(string name, string description, Func<IMultiAgentEnvironment> create) =>
        new(name, description, () => new AmongRandomAgents(create())) { CreateWorld = create };

    /// <summary>The name of the environment whose full-state twin this is; null where it is none.</summary>
    public string? FullStateOf { get; init; }
}
