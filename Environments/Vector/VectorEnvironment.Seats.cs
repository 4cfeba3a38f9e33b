namespace RLSeq.Environments;

public sealed partial class VectorEnvironment
{
    /// <summary>
    /// The rows that are stepped in one slice: the agents of a world (see <see cref="AgentSeats"/>), which are rows next to each other. 1 where
    /// every row is a world of its own.
    /// </summary>
    public int RowsPerWorld => _environments[0] is AgentSeat seat ? seat.Shared.World.Agents : 1;

    /// <summary>Every world's agents must be rows next to each other, none missing.</summary>
    private void CheckSeats(string parameter)
    {
        if (_environments[0] is not AgentSeat first) return;
        int agents = first.Shared.World.Agents;
        if (_options.RestartOnError) throw new ArgumentException($"{Name}: a row of a world with {agents} agents cannot be restarted alone; let a failure stop the run.", parameter);
        if (Rows % agents != 0) throw new ArgumentException($"{Name}: {Rows} rows do not hold whole worlds of {agents} agents; give a multiple of {agents}.", parameter);
        for (int row = 0; row < Rows; row++)
        {
            if (_environments[row] is AgentSeat seat && seat.Agent == row % agents && ReferenceEquals(seat.Shared, ((AgentSeat)_environments[row - seat.Agent]).Shared)) continue;
            throw new ArgumentException($"{Name}: row {row} is not agent {row % agents} of its world; take the rows from one factory of {nameof(AgentSeats)}, in order.", parameter);
        }
    }

    /// <summary>
    /// Tells worlds with several agents what all of them will do, before the first of their rows is stepped. Rows that are worlds of
    /// their own need nothing.
    /// </summary>
    private void OfferActions(int first, int count, ReadOnlySpan<float> actions)
    {
        if (_environments[0] is not AgentSeat) return;
        for (int i = 0; i < count; i++) ((AgentSeat)_environments[first + i]).Offer(actions.Slice(i * ActionSize, ActionSize));
    }
}
