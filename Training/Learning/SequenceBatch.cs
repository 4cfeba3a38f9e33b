namespace RLSeq.Training;

/// <summary>One rollout on the device, cut into sequences <c>[K, S, …]</c> with S = C·N; sequence c·N + n is chunk c of row n.</summary>
/// <param name="Observations"><c>[K, S, O]</c>.</param>
/// <param name="Actions"><c>[K, S, A]</c>.</param>
/// <param name="Starts">bool <c>[K, S]</c>.</param>
/// <param name="LogProbabilities">Of the collecting policy, <c>[K, S]</c>.</param>
/// <param name="Values">Of the collecting policy, <c>[K, S]</c>.</param>
/// <param name="Advantages"><c>[K, S]</c>.</param>
/// <param name="Masks">Which discrete choices were allowed, bool <c>[K, S, M]</c>; null where all were.</param>
/// <param name="Applied">Whose action was applied, bool <c>[K, S]</c> (see <see cref="RolloutDecisions.Applied"/>); null where all were.</param>
internal sealed record SequenceBatch(
    Tensor Observations, Tensor Actions, Tensor Starts, Tensor LogProbabilities, Tensor Values, Tensor Advantages, Tensor? Masks = null, Tensor? Applied = null)
{
    /// <summary>Cuts a rollout; without a copy where the sequences are whole rollouts on the CPU.</summary>
    public static SequenceBatch Of(Rollout rollout, int sequence, Device device)
    {
        Tensor? applied = rollout.Decisions is { } decisions && decisions.Applied.Contains(false) ? tensor(decisions.Applied, [rollout.Steps, rollout.Rows]) : null;
        return new SequenceBatch(
            Cut(rollout.Observations), Cut(rollout.Actions), Cut(rollout.Starts), Cut(rollout.LogProbabilities), Cut(rollout.Values), Cut(rollout.Advantages),
            rollout.Masks is null ? null : Cut(rollout.Masks), applied is null ? null : Cut(applied));

        Tensor Cut(Tensor whole)
        {
            Tensor moved = whole.to(device);
            long chunks = rollout.Steps / sequence;
            if (chunks == 1) return moved;
            long[] rest = whole.shape[2..];
            return moved.view([chunks, sequence, rollout.Rows, .. rest]).transpose(0, 1).reshape([sequence, chunks * rollout.Rows, .. rest]);
        }
    }

    /// <summary>How many actions of each sequence were applied, <c>[S]</c>; null where all were.</summary>
    public long[]? AppliedCounts() => Applied?.sum(0).cpu().data<long>().ToArray();

    /// <summary>Some of the sequences.</summary>
    /// <param name="index">Which, int64 on the batch's device.</param>
    public SequenceBatch Select(Tensor index) => new(
        Observations.index_select(1, index), Actions.index_select(1, index), Starts.index_select(1, index),
        LogProbabilities.index_select(1, index), Values.index_select(1, index), Advantages.index_select(1, index), Masks?.index_select(1, index), Applied?.index_select(1, index));
}
