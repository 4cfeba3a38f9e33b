namespace RLSeq.Environments;

/// <summary>One agent's view of a world, as a row of a vectorised environment.</summary>
internal class AgentSeat : IEnvironment, INamedEnvironment, ITextRenderable
{
    private long _resets, _steps;

    public AgentSeat(SharedWorld shared, int agent)
    {
        (Shared, Agent) = (shared, agent);
        (ObservationSpace, ActionSpace) = (shared.World.ObservationSpace, shared.World.ActionSpace);
    }

    /// <summary>The world.</summary>
    public SharedWorld Shared { get; }

    /// <summary>Which of its agents.</summary>
    public int Agent { get; }

    public string Name => Shared.Name;

    public Space ObservationSpace { get; }

    public Space ActionSpace { get; }

    /// <summary>Tells the world what this agent will do in the next step.</summary>
    public void Offer(ReadOnlySpan<float> action) => Shared.Offer(Agent, action);

    /// <summary>Begins a new episode of the world, or fetches the one that another seat began; the first seat's seed counts.</summary>
    public void Reset(ulong seed, Span<float> observation)
    {
        if (_resets == Shared.Resets) Shared.Reset(seed);
        _resets = Shared.Resets;
        _steps = Shared.Steps; // a seat resets after it has fetched its last step
        Shared.FetchReset(Agent, observation);
    }

    public StepResult Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (_steps == Shared.Steps)
        {
            Offer(action);
            Shared.Step();
        }
        _steps = Shared.Steps;
        return Shared.FetchStep(Agent, observation);
    }

    /// <summary>Nothing is left to fetch: after a restore.</summary>
    public void CatchUp() => (_resets, _steps) = (Shared.Resets, Shared.Steps);

    public void Render(TextWriter output)
    {
        if (Shared.World is ITextRenderable drawing) drawing.Render(output);
        else output.WriteLine($"{Name}, agent {Agent}");
    }

    /// <summary>Without one of its seats a world cannot go on.</summary>
    public void Dispose() => Shared.Dispose();
}
