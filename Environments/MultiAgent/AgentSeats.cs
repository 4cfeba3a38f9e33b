namespace RLSeq.Environments;

/// <summary>Makes the agents of worlds rows of a vectorised environment: A rows for each world, one after the other.</summary>
/// <example>
/// Eight games of two players, as sixteen rows:
/// <code>
/// using var rows = AgentSeats.Vectorize(() => new FogPongDuel(), worlds: 8);
/// </code>
/// A trainer that makes its environments row by row takes <c>AgentSeats.Factory(() => new FogPongDuel())</c> and a number of rows that is
/// a multiple of the agents.
/// </example>
public static class AgentSeats
{
    /// <summary>Makes a vectorised environment of A rows per world.</summary>
    /// <param name="create">Makes a world; called once for each.</param>
    /// <param name="worlds">The number of worlds, at least 1.</param>
    public static VectorEnvironment Vectorize(Func<IMultiAgentEnvironment> create, int worlds)
    {
        if (worlds < 1) throw new ArgumentOutOfRangeException(nameof(worlds), worlds, "A vectorised environment needs at least one world.");
        var first = new SharedWorld(create());
        return new VectorEnvironment(Factory(create, first), checked(worlds * first.World.Agents));
    }

    /// <summary>
    /// Makes seats for <see cref="VectorEnvironment"/>: every A calls give the A seats of a new world. The seed of a world's episode is
    /// that of its first row. All rows of a world must be stepped in one slice.
    /// </summary>
    /// <param name="create">Makes a world; called once for each.</param>
    public static Func<IEnvironment> Factory(Func<IMultiAgentEnvironment> create) => Factory(create, first: null);

    private static Func<IEnvironment> Factory(Func<IMultiAgentEnvironment> create, SharedWorld? first)
    {
        SharedWorld? world = null;
        int agent = 0;
        return () =>
        {
            // A seat that was made only to look at its spaces takes its world with it.
            if (world is null || world.IsDisposed || agent == world.World.Agents) (world, first, agent) = (first ?? new SharedWorld(create()), null, 0);
            return world.World is ISaveable ? new SaveableAgentSeat(world, agent++) : new AgentSeat(world, agent++);
        };
    }
}
