namespace RLSeq.Environments;

/// <summary>
/// Wrappers by name, as the command line and the configuration write them: <c>previous-action,frame-stack=4</c>, the innermost first.
/// </summary>
/// <remarks>
/// An environment that <see cref="EnvironmentEntry.NeedsPreviousAction"/> gets <see cref="PreviousAction"/> first of all, unless the list
/// names it in a place of its own or begins with <see cref="WrapperRegistry.Bare"/>.
/// </remarks>
public sealed class WrapperList
{
    private const string PreviousActionName = "previous-action";
    private readonly bool _bare;
    private readonly (WrapperEntry Entry, string Values)[] _calls;

    private WrapperList(bool bare, IEnumerable<(WrapperEntry, string)> calls) => (_bare, _calls) = (bare, [.. calls]);

    /// <summary>No wrapper but those that an environment is played with by default.</summary>
    public static WrapperList Default { get; } = new(bare: false, []);

    /// <summary>Whether the returns that are known of an environment still mean something; see <see cref="WrapperEntry.KeepsReturns"/>.</summary>
    public bool KeepsReturns => Array.TrueForAll(_calls, call => call.Entry.KeepsReturns);

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list; empty for <see cref="Default"/>.</param>
    /// <exception cref="UserInputException">A name is unknown, and the message suggests the nearest.</exception>
    public static WrapperList Parse(string text)
    {
        string[] words = text.Trim().Length == 0 ? [] : text.Split(',');
        bool bare = words.Length > 0 && words[0].Trim().Equals(WrapperRegistry.Bare, StringComparison.OrdinalIgnoreCase);
        return new WrapperList(bare, words.Skip(bare ? 1 : 0).Select(Read));
    }

    /// <summary>What an environment of the registry is really wrapped in: the list with its default written out.</summary>
    /// <param name="entry">The environment.</param>
    public WrapperList For(EnvironmentEntry entry)
    {
        if (!entry.NeedsPreviousAction) return new WrapperList(bare: false, _calls);
        bool adds = !_bare && !Array.Exists(_calls, call => call.Entry.Name == PreviousActionName);
        return adds ? new WrapperList(bare: false, [(WrapperRegistry.Get(PreviousActionName), ""), .. _calls]) : this;
    }

    /// <summary>Wraps an environment; what fails is disposed of.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>The outermost wrapper, which owns the others; the environment itself where the list is empty.</returns>
    /// <exception cref="UserInputException">A value cannot be used, or a wrapper does not go around what stands inside it.</exception>
    public IEnvironment Apply(IEnvironment environment)
    {
        IEnvironment wrapped = environment;
        foreach ((WrapperEntry entry, string values) in _calls)
        {
            try
            {
                wrapped = entry.Wrap(wrapped, new WrapperArguments(values, entry.Usage));
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException or UserInputException)
            {
                wrapped.Dispose();
                if (exception is UserInputException) throw;
                string why = exception is OverflowException ? "the observation would be too large." : exception.Message.Split(" (Parameter ")[0];
                throw new UserInputException($"The wrapper {Text(entry, values)} does not fit {EnvironmentAbilities.NameOf(environment)}: {why}", exception);
            }
        }
        return wrapped;
    }

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(',', _calls.Select(call => Text(call.Entry, call.Values)).Prepend(_bare ? WrapperRegistry.Bare : "").Where(word => word.Length > 0));

    private static (WrapperEntry, string) Read(string word)
    {
        string[] halves = word.Split('=', 2);
        string name = halves[0].Trim();
        if (name.Length == 0) throw new UserInputException("A list of wrappers has an empty place; write names separated by commas, such as previous-action,frame-stack=4.");
        return (WrapperRegistry.Get(name), halves.Length > 1 ? halves[1].Trim() : "");
    }

    private static string Text(WrapperEntry entry, string values) => values.Length == 0 ? entry.Name : $"{entry.Name}={values}";
}
