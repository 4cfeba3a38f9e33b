using System.Collections.Concurrent;

namespace RLSeq.Environments;

/// <summary>Wrappers by name: the built-in ones, and those that a program adds. Safe to use from several threads.</summary>
public static class WrapperRegistry
{
    /// <summary>The word that stands for no wrapper, not even those that an environment is played with by default.</summary>
    public const string Bare = "bare";

    private static readonly ConcurrentDictionary<string, WrapperEntry> Registered =
        new(BuiltIn().Select(entry => KeyValuePair.Create(entry.Name, entry)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything registered, ordered by name.</summary>
    public static IReadOnlyList<WrapperEntry> Entries => [.. Registered.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>Registers a wrapper under a new name.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be used.</exception>
    public static void Register(WrapperEntry entry)
    {
        if (entry.Name.Length == 0 || entry.Name.Any(letter => !char.IsLetterOrDigit(letter) && letter != '-') || entry.Name == Bare)
            throw new ArgumentException($"A wrapper's name needs letters, digits and hyphens only, and is not {Bare}; given: '{entry.Name}'.", nameof(entry));
        if (!Registered.TryAdd(entry.Name, entry)) throw new ArgumentException($"A wrapper named '{entry.Name}' is registered already; choose another name.", nameof(entry));
    }

    /// <summary>What is known about a wrapper.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="UserInputException">Nothing has this name; the message suggests the nearest, or says where normalising is set.</exception>
    public static WrapperEntry Get(string name)
    {
        if (Registered.TryGetValue(name, out WrapperEntry? entry)) return entry;
        if (TrainerSetting(name) is { } setting)
            throw new UserInputException($"{name.ToLowerInvariant()} belongs to training, which learns the statistics: set {setting}=true there. The policy file keeps them, so nothing is needed to play it.");
        throw UnknownNameException.For("wrapper", name, Entries.Select(known => known.Name), "rlseq wrappers");
    }

    /// <summary>The key of the training configuration that does what a wrapper of this name would; null for other names.</summary>
    /// <param name="name">The name.</param>
    public static string? TrainerSetting(string name) => name.ToLowerInvariant() switch
    {
        "normalize-observations" => "ppo.normalize_observations",
        "normalize-rewards" => "ppo.normalize_rewards",
        _ => null,
    };

    private static IEnumerable<WrapperEntry> BuiltIn() =>
    [
        new("previous-action", "previous-action", "adds the previous action and a flag of the first step to the observation", None(inner => new PreviousAction(inner))) { KeepsReturns = true },
        new("mask-observation", "mask-observation=I[:J…]", "removes elements of the observation; ranges such as 2-5 too", Some((inner, values) => new MaskObservation(inner, values.Indices()))) { KeepsReturns = true },
        new("hide-observation", "hide-observation=I[:J…]", "shows elements of the observation as zeros", Some((inner, values) => new MaskObservation(inner, values.Indices(), keepPlaces: true))) { KeepsReturns = true },
        new("noise-observation", "noise-observation=SIGMA", "adds Gaussian noise to real numbers of the observation", One((inner, values) => new NoiseObservation(inner, values.Number(0)))) { KeepsReturns = true },
        new("smooth", "smooth=ALPHA", "smooths real numbers of the observation exponentially; ALPHA is the weight of the newest", One((inner, values) => new SmoothObservation(inner, values.Number(0)))) { KeepsReturns = true },
        new("frame-stack", "frame-stack=K", "shows the last K observations", One((inner, values) => new FrameStack(inner, values.Whole(0)))) { KeepsReturns = true },
        new("observation-delay", "observation-delay=D", "shows observations D steps late", One((inner, values) => new ObservationDelay(inner, values.Whole(0)))) { KeepsReturns = true },
        new("flatten", "flatten", "makes one box of any observation", None(inner => new Flatten(inner))) { KeepsReturns = true },
        new("time-limit", "time-limit=N", "truncates episodes after N steps", One((inner, values) => new TimeLimit(inner, values.Whole(0)))),
        new("action-repeat", "action-repeat=K", "does every action K times and sums the rewards", One((inner, values) => new ActionRepeat(inner, values.Whole(0)))),
        new("discretize-actions", "discretize-actions=N", "offers N values of every continuous element of an action", One((inner, values) => new DiscretizeActions(inner, values.Whole(0)))),
        new("action-delay", "action-delay=D[:A]", "lets actions act D steps late; A fills the beginning", Between(1, 2, (inner, values) => new ActionDelay(inner, values.Whole(0), values.Count > 1 ? values.Number(1) : null))),
    ];

    private static Func<IEnvironment, WrapperArguments, IEnvironment> None(Func<IEnvironment, IEnvironment> wrap) => Between(0, 0, (inner, _) => wrap(inner));

    private static Func<IEnvironment, WrapperArguments, IEnvironment> One(Func<IEnvironment, WrapperArguments, IEnvironment> wrap) => Between(1, 1, wrap);

    private static Func<IEnvironment, WrapperArguments, IEnvironment> Some(Func<IEnvironment, WrapperArguments, IEnvironment> wrap) => Between(1, int.MaxValue, wrap);

    private static Func<IEnvironment, WrapperArguments, IEnvironment> Between(int least, int most, Func<IEnvironment, WrapperArguments, IEnvironment> wrap) => (inner, values) =>
    {
        values.Expect(least, most);
        return wrap(inner, values);
    };
}
