using System.Buffers;
using MessagePack;

namespace RLSeq.Environments;

/// <summary>Checks that saving and restoring loses nothing.</summary>
internal static class SavingChecks
{
    public const string Name = "saving";
    public const string Remedy = "Save every field that changes during an episode, the random generator included, and read them back in the same order.";

    /// <summary>An episode continues identically from a saved state, in a new instance and in the one that was saved.</summary>
    public static void RestoredContinues(CheckSubject subject)
    {
        foreach (int calls in (ReadOnlySpan<int>)[1, 2, 5, 17, subject.Calls / 2])
        {
            using IEnvironment original = subject.Create(), restored = subject.Create();
            if (original.Ability<ISaveable>() is not { } source || restored.Ability<ISaveable>() is not { } target) return;
            ScriptedRun run = new ScriptedRun(original, subject.Seed).Advance(calls);
            new ScriptedRun(restored, subject.Seed + 1).Advance(3);
            if (!Transfer(subject, source, target, run.Place)) return;

            var continued = new ScriptedRun(restored, run);
            run.Advance(subject.Calls - calls);
            continued.Advance(subject.Calls - calls);
            if (subject.Run(subject.Seed).DifferenceTo(run) is string disturbed)
                subject.Error(Name, $"Saving disturbs the environment: {disturbed}.", "Save must change nothing and draw no random numbers.");
            else if (run.DifferenceTo(continued) is string difference)
                subject.Error(Name, $"Restored after {calls} calls, an episode does not continue as it did: {difference}.", Remedy);
        }
    }

    private static bool Transfer(CheckSubject subject, ISaveable source, ISaveable target, string place)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        source.Save(ref writer);
        writer.Flush();
        var reader = new MessagePackReader(buffer.WrittenMemory);
        try
        {
            var whole = new MessagePackReader(buffer.WrittenMemory);
            whole.Skip();
            target.Restore(ref reader);
            if (whole.End && reader.End) return true;
            subject.Error(Name, $"Save writes more or less than one MessagePack value, or Restore does not read all of it, in {place}.", "Write an array header first where there are several values.");
        }
        catch (MessagePackSerializationException exception)
        {
            subject.Error(Name, $"Restore refuses what Save wrote in {place}: {exception.Message}", Remedy);
        }
        return false;
    }
}
