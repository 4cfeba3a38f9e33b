using System.Collections.Concurrent;

namespace RLSeq.Environments;

/// <summary>Environments by name: the built-in ones, and those that a program adds. Safe to use from several threads.</summary>
public static class EnvironmentRegistry
{
    private static readonly ConcurrentDictionary<string, EnvironmentEntry> Registered =
        new(BuiltInEnvironments.Entries.Select(entry => KeyValuePair.Create(entry.Name, entry)), StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, string> Ambiguous = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything registered, ordered by name.</summary>
    public static IReadOnlyList<EnvironmentEntry> Entries => [.. Registered.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>The names of everything registered, ordered.</summary>
    public static IReadOnlyList<string> Names => [.. Entries.Select(entry => entry.Name)];

    /// <summary>The tasks that take any number after their name, ordered: <c>PassiveTMaze123</c> is made though it is not listed.</summary>
    public static IReadOnlyList<string> NumberedTasks => [.. BuiltInEnvironments.Families.Select(family => family.Name).OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>Registers an environment under a new name.</summary>
    /// <param name="name">The name, without spaces and commas.</param>
    /// <param name="description">One line.</param>
    /// <param name="create">Makes a new instance; instances must share nothing.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(string name, string description, Func<IEnvironment> create) =>
        Register(new EnvironmentEntry(name, description, create));

    /// <summary>Registers an environment with everything that is known about it, and its full-state twin where it can have one.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(EnvironmentEntry entry)
    {
        if (entry.Name.Length == 0 || entry.Name.Any(letter => char.IsWhiteSpace(letter) || letter == ','))
            throw new ArgumentException($"An environment's name needs letters and neither spaces nor commas; given: '{entry.Name}'.", nameof(entry));
        foreach (EnvironmentEntry added in FullStateTwins.Beside([entry]))
        {
            if (Registered.TryAdd(added.Name, added)) continue;
            if (added.FullStateOf is not null) Registered.TryRemove(entry.Name, out _);
            throw new ArgumentException($"An environment named '{added.Name}' is registered already; choose another name.", nameof(entry));
        }
    }

    /// <summary>Says what to do about a name that could mean several environments, which are registered under longer names.</summary>
    /// <param name="name">The name.</param>
    /// <param name="remedy">The message for whoever asks for it, with the longer names.</param>
    public static void RegisterAmbiguous(string name, string remedy) => Ambiguous[name] = remedy;

    /// <summary>What is known about an environment.</summary>
    /// <param name="name">The name; upper and lower case are the same. Tasks with a number take any: <c>PassiveTMaze123</c>.</param>
    /// <exception cref="UnknownNameException">Nothing has this name, and the message suggests the nearest; or several have.</exception>
    /// <exception cref="UserInputException">The name ends with a number that the task does not take.</exception>
    public static EnvironmentEntry Get(string name)
    {
        if (Registered.TryGetValue(name, out EnvironmentEntry? entry)) return entry;
        if (Ambiguous.TryGetValue(name, out string? remedy)) throw new UnknownNameException(remedy);
        return Numbered(name) ?? throw UnknownNameException.For("environment", name, Names, "rlseq envs");
    }

    /// <summary>Makes an environment as it is meant to be played: with <see cref="PreviousAction"/> where the task needs it.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="UnknownNameException">Nothing has this name; the message suggests the nearest.</exception>
    public static IEnvironment Create(string name) => Create(name, WrapperList.Default);

    /// <summary>Makes an environment in wrappers.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <param name="wrappers">The wrappers, such as <c>frame-stack=4,time-limit=200</c>; empty for what the task needs.</param>
    /// <exception cref="UserInputException">A name is unknown, and the message suggests the nearest; or a wrapper does not fit.</exception>
    public static IEnvironment Create(string name, string wrappers) => Create(name, WrapperList.Parse(wrappers));

    /// <inheritdoc cref="Create(string, string)"/>
    public static IEnvironment Create(string name, WrapperList wrappers)
    {
        EnvironmentEntry entry = Get(name);
        return wrappers.For(entry).Apply(entry.Create());
    }

    /// <summary>A task with a number that is not listed, or its full-state twin.</summary>
    private static EnvironmentEntry? Numbered(string name)
    {
        bool isTwin = name.EndsWith(FullStateEnvironment.Suffix, StringComparison.OrdinalIgnoreCase);
        EnvironmentEntry? entry = EnvironmentFamily.Find(BuiltInEnvironments.Families, isTwin ? name[..^FullStateEnvironment.Suffix.Length] : name);
        return entry is null ? null : FullStateTwins.Beside([entry]).FirstOrDefault(found => found.FullStateOf is not null == isTwin);
    }
}
