namespace RLSeq.Environments;

public sealed partial class VectorEnvironment
{
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
