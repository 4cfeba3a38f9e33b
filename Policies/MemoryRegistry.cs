using System.Collections.Immutable;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>The memories that can be chosen by name.</summary>
public static class MemoryRegistry
{
    private static readonly Lock Gate = new();
    private static volatile ImmutableSortedDictionary<string, MemoryEntry> _entries = ImmutableSortedDictionary.Create<string, MemoryEntry>(StringComparer.OrdinalIgnoreCase);

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
        RegisterFfm(FfmForm.Published, "Fast and Forgetful Memory (Morad et al. 2023): complex traces that fade and turn, one layer");
        RegisterFfm(FfmForm.Normalized, "`ffm` with sums of one size, in which an episode's first step counts in full, and contexts that turn faster at first");
        RegisterFastWeights(FastWeightForm.GatedDeltaNet, "Gated DeltaNet (Yang et al. 2024): a matrix per head, written by the delta rule, that forgets; one layer of `memory.heads` heads");
        RegisterFastWeights(FastWeightForm.DeltaNet, "`gated-delta-net` that does not forget (DeltaNet, Schlag et al. 2021)");
        RegisterFastWeights(FastWeightForm.LinearAttention, "Linear attention (Katharopoulos et al. 2020): a mean over the episode, weighted by keys, as a matrix per head; no positions, a baseline");
        Register(new("lru", "Linear recurrent units (Orvieto et al. 2023), complex and diagonal, one block", settings => new LruMemory(settings.Hidden))
        {
            Cost = (settings, _) => MemoryCost.LinearRecurrentUnits(settings.Hidden),
        });
        Register(new("hcam", "Hierarchical chunk attention (Lampinen et al. 2021): the last `memory.context` steps in chunks, of which a query looks into the most relevant by their summaries", settings => new HcamMemory(settings))
        {
            Cost = (settings, _) => MemoryCost.ChunkAttention(settings),
        });
        RegisterTransformer(TransformerForm.Relative, "Transformer with relative positions and cached keys and values over the last `memory.context` steps");
        RegisterTransformer(TransformerForm.Absolute, "`transformer` with absolute positions instead: sinusoids of the step in the episode, added to the input");
        RegisterTransformer(TransformerForm.Gated, "`transformer` with gates in the place of residual connections (GTrXL, Parisotto et al. 2020)");
        RegisterTransformer(TransformerForm.Distinct, "`transformer` that does not store near-duplicates of what it holds: up to half of `memory.context` steps that differ, out of the last `memory.context`");
        RegisterTransformer(TransformerForm.Window, "`transformer` that caches nothing: the last `memory.context` + 1 raw inputs pass through all layers for every action, a baseline of latency");
        RegisterTransformer(TransformerForm.NoAttention, "`transformer` in which every visible step gets the same weight, to see what attention is worth");
        RegisterTransformer(TransformerForm.NoFeedForward, "`transformer` without feed-forward parts, to see what they are worth");
        RegisterTransformer(TransformerForm.NoResidual, "`transformer` without residual connections, to see what they are worth");
        RegisterTransformer(TransformerForm.OneHead, "`transformer` with one head of the full width, to see what several are worth");
    }

    /// <summary>All memories, by name.</summary>
    public static IReadOnlyCollection<MemoryEntry> All => [.. _entries.Values];

    /// <summary>Adds one memory, as <see cref="RegisterAll"/> does.</summary>
    /// <param name="entry">Its name, description, factory and kernel.</param>
    /// <exception cref="ArgumentException">The name is taken or has letters that names do not have.</exception>
    public static void Register(MemoryEntry entry) => RegisterAll([entry]);

    /// <summary>
    /// Adds memories, so that configurations can name them, and their kernels to the acting engine. All of them or, where one cannot be added,
    /// none.
    /// </summary>
    /// <param name="entries">Their names, descriptions, factories and kernels.</param>
    /// <exception cref="ArgumentException">A name is taken or has letters that names do not have.</exception>
    public static void RegisterAll(IReadOnlyList<MemoryEntry> entries)
    {
        lock (Gate)
        {
            ImmutableSortedDictionary<string, MemoryEntry> all = _entries;
            foreach (MemoryEntry entry in entries)
            {
                if (entry.Name.Length == 0 || !entry.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
                    throw new ArgumentException($"A memory's name has letters from a to z, digits, '-', '_' and '.'; given: '{entry.Name}'.", nameof(entries));
                if (all.ContainsKey(entry.Name)) throw new ArgumentException($"There is a memory named '{entry.Name}' already.", nameof(entries));
                all = all.Add(entry.Name, entry);
            }
            foreach (MemoryEntry entry in entries)
                if (entry.Pack is { } pack) MemoryKernels.Register(entry.Name, pack);
            _entries = all;
        }
    }

    /// <summary>Finds a memory by name, upper and lower case alike.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="UserInputException">There is none of that name; the message gives the nearest.</exception>
    public static MemoryEntry Find(string name) =>
        _entries.TryGetValue(name, out MemoryEntry? entry) ? entry
            : throw UnknownNameException.For("memory", name, _entries.Keys, "rlseq memories");

    /// <summary>Builds a memory with freshly drawn weights.</summary>
    /// <param name="settings">Its name and sizes.</param>
    /// <exception cref="UserInputException">The name is unknown or a size is impossible.</exception>
    /// <exception cref="InvalidOperationException">A memory of one's own has another name than its entry.</exception>
    public static Memory Create(MemorySettings settings)
    {
        MemoryEntry entry = Find(settings.Name);
        Memory memory = entry.Create(settings);
        if (memory.GetName() == entry.Name) return memory;
        string name = memory.GetName();
        memory.Dispose();
        throw new InvalidOperationException($"The memory '{entry.Name}' gives its base class the name '{name}'; a policy file would name a kind that is not known. Use one name.");
    }

    private static void RegisterFfm(FfmForm form, string description) => Register(new(form.Name, description, settings => new FfmMemory(settings.Hidden, form))
    {
        Cost = (settings, _) => MemoryCost.FastAndForgetful(settings.Hidden, form),
    });

    private static void RegisterFastWeights(FastWeightForm form, string description) => Register(new(form.Name, description, settings => new FastWeightMemory(settings, form))
    {
        Cost = (settings, device) => MemoryCost.FastWeights(settings, form, FusedSequences.ServesOn(device)),
    });

    private static void RegisterTransformer(TransformerForm form, string description) => Register(new(form.Name, description, settings => MakeTransformer(settings, form))
    {
        Cost = (settings, device) => MemoryCost.Transformer(settings, form, FusedTransformer.ServesOn(device)),
    });

    private static TransformerBase MakeTransformer(MemorySettings settings, TransformerForm form) => form switch
    {
        { Reprojects: true } => new TransformerWindowMemory(settings),
        { SkipsNearDuplicates: true } => new TransformerDistinctMemory(settings),
        _ => new TransformerMemory(settings, form),
    };
}
