using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>The memories that can be chosen by name.</summary>
public static class MemoryRegistry
{
    private static readonly SortedDictionary<string, MemoryEntry> Entries = new(StringComparer.OrdinalIgnoreCase);

    static MemoryRegistry()
    {
        Register(new("none", "No memory: the policy sees the current observation only", settings => new NoMemory(settings.Hidden))
        {
            Cost = (_, _) => new MemoryCost { Weights = 0, Step = 0 },
        });
        Register(new("gru", "Gated recurrent units (Cho et al. 2014), one layer", settings => new GruMemory(settings.Hidden))
        {
            Cost = (settings, _) => MemoryCost.Recurrence(settings.Hidden, gates: 3, settings.Hidden),
        });
        Register(new("lstm", "Long short-term memory (Hochreiter and Schmidhuber 1997), one layer", settings => new LstmMemory(settings.Hidden)));
        Register(new("min-gru", "Minimal gated recurrent units (Feng et al. 2024), a linear recurrence, one layer", settings => new MinGruMemory(settings.Hidden))
        {
            Cost = (settings, _) => MemoryCost.Recurrence(settings.Hidden, gates: 3, settings.Hidden + 1),
        });
        Register(new("lru", "Linear recurrent units (Orvieto et al. 2023), complex and diagonal, one block", settings => new LruMemory(settings.Hidden))
        {
            Cost = (settings, _) => MemoryCost.LinearRecurrentUnits(settings.Hidden),
        });
        RegisterTransformer(TransformerForm.Relative, "Transformer with relative positions and cached keys and values over the last `memory.context` steps");
        RegisterTransformer(TransformerForm.Absolute, "`transformer` with absolute positions instead: sinusoids of the step in the episode, added to the input");
        RegisterTransformer(TransformerForm.Window, "`transformer` that caches nothing: the last `memory.context` + 1 raw inputs pass through all layers for every action, a baseline of latency");
        RegisterTransformer(TransformerForm.NoAttention, "`transformer` in which every visible step gets the same weight, to see what attention is worth");
        RegisterTransformer(TransformerForm.NoFeedForward, "`transformer` without feed-forward parts, to see what they are worth");
        RegisterTransformer(TransformerForm.NoResidual, "`transformer` without residual connections, to see what they are worth");
        RegisterTransformer(TransformerForm.OneHead, "`transformer` with one head of the full width, to see what several are worth");
    }

    /// <summary>All memories, by name.</summary>
    public static IReadOnlyCollection<MemoryEntry> All => Entries.Values;

    /// <summary>Adds a memory, so that configurations can name it.</summary>
    /// <param name="entry">Its name, description and factory.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void Register(MemoryEntry entry) => Entries.Add(entry.Name, entry);

    /// <summary>Finds a memory by name, upper and lower case alike.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="UserInputException">There is none of that name; the message gives the nearest.</exception>
    public static MemoryEntry Find(string name) =>
        Entries.TryGetValue(name, out MemoryEntry? entry) ? entry
            : throw UnknownNameException.For("memory", name, Entries.Keys, "rlseq memories");

    /// <summary>Builds a memory with freshly drawn weights.</summary>
    /// <param name="settings">Its name and sizes.</param>
    /// <exception cref="UserInputException">The name is unknown or a size is impossible.</exception>
    public static Memory Create(MemorySettings settings) => Find(settings.Name).Create(settings);

    private static void RegisterTransformer(TransformerForm form, string description) => Register(new(form.Name, description, settings => form.Reprojects ? new TransformerWindowMemory(settings) : new TransformerMemory(settings, form))
    {
        Cost = (settings, device) => MemoryCost.Transformer(settings, form, FusedTransformer.ServesOn(device)),
    });
}
