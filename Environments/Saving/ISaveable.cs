using MessagePack;

namespace RLSeq.Environments;

/// <summary>An optional ability of an environment: saving its whole state, so that an episode continued from it is identical.</summary>
public interface ISaveable
{
    /// <summary>Writes the whole state, the random generator included, as one MessagePack value.</summary>
    /// <param name="writer">Where to write.</param>
    void Save(ref MessagePackWriter writer);

    /// <summary>Restores a state that <see cref="Save"/> wrote for an environment of the same kind and settings.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <exception cref="MessagePackSerializationException">The data is damaged or belongs to another environment.</exception>
    void Restore(ref MessagePackReader reader);
}
