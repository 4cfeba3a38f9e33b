using MessagePack;

namespace RLSeq.Environments;

public sealed partial class VectorEnvironment
{
    private const int SavedValues = 9, SavedValuesOfRow = 15;

    /// <summary>Whether the state can be saved, because every environment is <see cref="ISaveable"/>.</summary>
    public bool CanSave => Array.TrueForAll(_environments, environment => environment.Ability<ISaveable>() is not null);

    /// <summary>Writes the whole state of all rows as one MessagePack value, so that what follows a restore is identical.</summary>
    /// <param name="writer">Where to write.</param>
    /// <exception cref="NotSupportedException">The environment cannot save its state.</exception>
    /// <exception cref="InvalidOperationException">There is no state: <see cref="Reset"/> was not called, or an environment has failed, if only in saving.</exception>
    public void Save(ref MessagePackWriter writer)
    {
        CheckCanSave();
        if (!_isReset) throw new InvalidOperationException($"{Name}: call Reset before Save, also after an error.");
        writer.WriteArrayHeader(SavedValues);
        writer.Write(Name);
        writer.Write(ObservationSpace.ToString());
        writer.Write(ActionSpace.ToString());
        writer.Write(Rows);
        writer.Write(_seed);
        MessagePackFloats.WriteFloats(ref writer, _observations);
        MessagePackFloats.WriteFloats(ref writer, _finalObservations);
        MessagePackFloats.WriteFloats(ref writer, _rewards);
        writer.WriteArrayHeader(Rows);
        for (int row = 0; row < Rows; row++) SaveRow(ref writer, row);
    }

    /// <summary>Restores what <see cref="Save"/> wrote, for the same environment and number of rows.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <exception cref="NotSupportedException">The environment cannot save its state.</exception>
    /// <exception cref="MessagePackSerializationException">The data is damaged or belongs to another environment; only <see cref="Reset"/> or another restore may follow.</exception>
    public void Restore(ref MessagePackReader reader)
    {
        CheckCanSave();
        _isReset = false;
        SavedData.ExpectArray(ref reader, SavedValues, "a vectorised environment");
        Expect("environment", Name, reader.ReadString());
        Expect("observation space", ObservationSpace.ToString(), reader.ReadString());
        Expect("action space", ActionSpace.ToString(), reader.ReadString());
        int rows = reader.ReadInt32();
        if (rows != Rows) throw new MessagePackSerializationException($"{Name}: the saved state has {rows} rows; expected: {Rows}.");
        _seed = reader.ReadUInt64();
        MessagePackFloats.ReadFloats(ref reader, _observations);
        MessagePackFloats.ReadFloats(ref reader, _finalObservations);
        MessagePackFloats.ReadFloats(ref reader, _rewards);
        SavedData.ExpectArray(ref reader, Rows, "the rows");
        for (int row = 0; row < Rows; row++)
        {
            RestoreRow(ref reader, row);
            ReadMask(row); // it follows from the state, so it is not saved
        }
        _isReset = true;
    }

    private void SaveRow(ref MessagePackWriter writer, int row)
    {
        writer.WriteArrayHeader(SavedValuesOfRow);
        EpisodeProgress progress = _progress[row];
        writer.Write(progress.Index);
        writer.Write(progress.Seed);
        writer.Write(progress.Return);
        writer.Write(progress.Length);
        FinishedEpisode finished = _finished[row];
        writer.Write(finished.Index);
        writer.Write(finished.Return);
        writer.Write(finished.Length);
        writer.Write(finished.Truncated);
        writer.Write(_terminated[row]);
        writer.Write(_truncated[row]);
        writer.Write(_ended[row]);
        writer.Write(_starts[row]);
        writer.Write(progress.Failures);
        writer.Write(progress.FailuresInARow);
        try
        {
            _environments[row].Ability<ISaveable>()!.Save(ref writer);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"{Name}: saving row {row} failed with {Told(exception)}", exception);
        }
    }

    private void RestoreRow(ref MessagePackReader reader, int row)
    {
        SavedData.ExpectArray(ref reader, SavedValuesOfRow, "a row");
        _progress[row] = new EpisodeProgress
        {
            Index = reader.ReadInt64(),
            Seed = reader.ReadUInt64(),
            Return = reader.ReadDouble(),
            Length = reader.ReadInt32(),
        };
        if (_progress[row].Length < 0) throw new MessagePackSerializationException($"{Name}: the saved state of row {row} has {_progress[row].Length} steps.");
        _finished[row] = new FinishedEpisode(reader.ReadInt64(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadBoolean());
        _terminated[row] = reader.ReadBoolean();
        _truncated[row] = reader.ReadBoolean();
        _ended[row] = reader.ReadBoolean();
        _starts[row] = reader.ReadBoolean();
        _progress[row].Recorded = _progress[row].Length == 0; // the actions before are not saved
        _progress[row].Failures = reader.ReadInt32();
        _progress[row].FailuresInARow = reader.ReadInt32();
        _broken[row] = false;
        try
        {
            _environments[row].Ability<ISaveable>()!.Restore(ref reader);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new MessagePackSerializationException($"{Name}: restoring row {row} failed with {Told(exception)}", exception);
        }
    }

    /// <summary>What an environment of the user's own threw; where it saves too little, checking it says so.</summary>
    private static string Told(Exception exception) =>
        $"{exception.GetType().Name}: {EnvironmentException.Sentence(exception.Message)} EnvironmentChecker and rlseq check-env examine saving and restoring.";

    private void CheckCanSave()
    {
        if (!CanSave)
            throw new NotSupportedException($"{Name} cannot save its state, as it does not implement {nameof(ISaveable)}; derive it from {nameof(SaveableEnvironment)}.");
    }

    private void Expect(string what, string expected, string? found)
    {
        if (found != expected) throw new MessagePackSerializationException($"{Name}: the saved state has the {what} '{found}'; expected: '{expected}'.");
    }
}
