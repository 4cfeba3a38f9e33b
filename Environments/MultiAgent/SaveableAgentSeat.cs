using MessagePack;

namespace RLSeq.Environments;

/// <summary>A seat in a world that can save its state; the first seat saves it for all.</summary>
internal sealed class SaveableAgentSeat(SharedWorld shared, int agent) : AgentSeat(shared, agent), ISaveable
{
    public void Save(ref MessagePackWriter writer)
    {
        if (Agent == 0) ((ISaveable)Shared.World).Save(ref writer);
        else writer.Write(Agent);
    }

    public void Restore(ref MessagePackReader reader)
    {
        if (Agent == 0) ((ISaveable)Shared.World).Restore(ref reader);
        else SavedNumbers.Read(ref reader, Agent, Agent, Name);
        CatchUp();
    }
}
