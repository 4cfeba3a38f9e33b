namespace RLSeq.Environments;

/// <summary>Enters full-state twins beside the environments that can have one.</summary>
internal static class FullStateTwins
{
    /// <summary>Gives the entries, and after each with <see cref="EnvironmentEntry.HasFullState"/> its twin. No environment is made.</summary>
    public static IEnumerable<EnvironmentEntry> Beside(IEnumerable<EnvironmentEntry> entries)
    {
        foreach (EnvironmentEntry entry in entries)
        {
            if (!entry.HasFullState)
            {
                yield return entry;
                continue;
            }
            string twin = entry.Name + FullStateEnvironment.Suffix;
            yield return entry with { FullStateTwin = twin };

            // The returns that give the task its scale are those of the same task.
            yield return entry with
            {
                Name = twin,
                Description = $"{entry.Name} with its full state observed: no memory needed.",
                Create = () => FullStateEnvironment.Of(entry.Create()),
                NeedsMemory = false,
                NeedsPreviousAction = false,
                HasFullState = false,
                FullStateOf = entry.Name,
            };
        }
    }
}
