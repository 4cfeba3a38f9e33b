namespace RLSeq.Environments;

/// <summary>An optional ability of an environment whose episodes succeed or fail: saying which. A return need not tell.</summary>
public interface ISuccess
{
    /// <summary>Whether the episode that ended last reached its goal. Asked after its end, before the next reset.</summary>
    bool Succeeded { get; }
}
