using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// An environment as a configuration names it: the class library that holds it, its name, its wrappers, and the clock around them if it does
/// not wait. The same make the same environment for training, resuming, evaluating and timing.
/// </summary>
public sealed class NamedEnvironment
{
    private readonly ReplayedClock? _clock;

    private NamedEnvironment(EnvironmentEntry entry, WrapperList wrappers, ReplayedClock? clock) => (Entry, Wrappers, _clock) = (entry, wrappers, clock);

    /// <summary>What is known about it.</summary>
    public EnvironmentEntry Entry { get; }

    /// <summary>Its wrappers, those that it has by default among them.</summary>
    public WrapperList Wrappers { get; }

    /// <summary>Finds an environment, and loads the class library first where one is named.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <param name="options">Library and wrappers.</param>
    /// <param name="clock">The clock around it; null for a world that waits.</param>
    /// <exception cref="UserInputException">The library cannot be used, a name is unknown, or a clock was to go around a world with several agents.</exception>
    public static NamedEnvironment Find(string name, EnvironmentOptions options, ReplayedClock? clock = null)
    {
        options.LoadLibrary();
        EnvironmentEntry entry = EnvironmentRegistry.Get(name);
        if (entry.CreateWorld is not null && options.Wrappers.Trim().Length > 0)
            throw SeveralAgents(entry.Name);
        if (entry.CreateWorld is not null && clock is not null) throw ReplayedClock.SeveralAgents(entry.Name);
        return new NamedEnvironment(entry, WrapperList.Parse(options.Wrappers).For(entry), clock);
    }

    /// <summary>Finds the environment of a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <exception cref="UserInputException">The library or the clock's recording cannot be used, a name is unknown, or they do not fit each other.</exception>
    public static NamedEnvironment Of(TrainingConfiguration configuration) => Find(configuration.Environment, configuration.EnvironmentOptions, configuration.Clock.Load());

    /// <summary>
    /// Makes the rows to train on, in order: the agents of one world after the other where there are several in it, so that one policy
    /// plays against or with itself; else what <see cref="Create"/> makes.
    /// </summary>
    /// <param name="rows">How many rows will be made.</param>
    /// <exception cref="UserInputException">The rows hold no whole worlds.</exception>
    public Func<IEnvironment> RowFactory(int rows)
    {
        if (Entry.CreateWorld is not { } create) return Create;
        int agents;
        using (IMultiAgentEnvironment world = create()) agents = world.Agents;
        if (rows % agents != 0) throw new UserInputException($"{Entry.Name} has {agents} agents in each world, which are rows of their own; give a multiple of {agents} as ppo.environments; given: {rows}.");
        return AgentSeats.Factory(create);
    }

    /// <summary>A wrapper sees one agent, and the agents of a world step together.</summary>
    internal static UserInputException SeveralAgents(string name) =>
        new($"{name} is a world with several agents, around which wrappers do not go; leave them out, or write the wrapping into a world of your own (IMultiAgentEnvironment).");

    /// <summary>Makes a new instance.</summary>
    /// <exception cref="UserInputException">A wrapper does not fit, or the environment cannot be made, or has no spaces.</exception>
    public IEnvironment Create()
    {
        IEnvironment environment = Wrappers.Apply(EnvironmentParts.Complete(Entry.Create()));
        return _clock?.Around(environment) ?? environment;
    }
}
