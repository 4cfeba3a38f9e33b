using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// An <see cref="EnvironmentBase"/> whose state can be saved: it only has to write and read its own fields, in one value each; the
/// steps and the random generator are saved here.
/// </summary>
public abstract class SaveableEnvironment : EnvironmentBase, ISaveable
{
    private const int SavedValues = 5;

    /// <inheritdoc cref="EnvironmentBase(Space, Space, string)"/>
    protected SaveableEnvironment(Space observationSpace, Space actionSpace, string? name = null)
        : base(observationSpace, actionSpace, name)
    {
    }

    /// <inheritdoc/>
    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(SavedValues);
        SaveProgress(ref writer);
        OnSave(ref writer);
    }

    /// <inheritdoc/>
    public void Restore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, SavedValues, Name);
        RestoreProgress(ref reader);
        OnRestore(ref reader);
    }

    /// <summary>Writes the fields that change during an episode, as one MessagePack value: an array where there are several.</summary>
    /// <param name="writer">Where to write.</param>
    protected abstract void OnSave(ref MessagePackWriter writer);

    /// <summary>Reads what <see cref="OnSave"/> wrote.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <exception cref="MessagePackSerializationException">The data is damaged.</exception>
    protected abstract void OnRestore(ref MessagePackReader reader);
}
