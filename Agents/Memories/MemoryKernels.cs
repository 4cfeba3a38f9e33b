namespace RLSeq.Agents;

/// <summary>Makes acting memories of their description. A new built-in memory adds its line here.</summary>
public static class MemoryKernels
{
    private static volatile Dictionary<string, Func<PolicyModule, PolicyPrecision, MemoryWeights>> _kinds = BuiltIn(); // exchanged, never changed

    /// <summary>Adds a memory of one's own, before any policy of that kind is loaded.</summary>
    /// <param name="kind">The kind, as the learning side exports it.</param>
    /// <param name="pack">Packs its weights in a precision, or in a better one; throws <see cref="PolicyFormatException"/> where they do not fit.</param>
    /// <exception cref="ArgumentException">The kind is taken.</exception>
    public static void Register(string kind, Func<PolicyModule, PolicyPrecision, MemoryWeights> pack)
    {
        Dictionary<string, Func<PolicyModule, PolicyPrecision, MemoryWeights>> before, after;
        do
        {
            before = _kinds;
            after = new(before, StringComparer.Ordinal) { { kind, pack } };
        }
        while (Interlocked.CompareExchange(ref _kinds, after, before) != before); // another thread registered meanwhile
    }

    /// <summary>Packs the weights of a memory, to be shared by kernels.</summary>
    /// <param name="module">The memory as data.</param>
    /// <param name="precision">The formats of weights and cache.</param>
    /// <exception cref="PolicyFormatException">The kind is unknown, or settings and weights do not fit each other.</exception>
    public static MemoryWeights Pack(PolicyModule module, PolicyPrecision precision = default)
    {
        if (!_kinds.TryGetValue(module.Kind, out Func<PolicyModule, PolicyPrecision, MemoryWeights>? make))
            throw new PolicyFormatException($"The policy's memory is of kind '{Shown.Text(module.Kind)}', which this program does not know; it knows: {string.Join(", ", _kinds.Keys)}. A memory of one's own is registered first, with {nameof(MemoryKernels)}.{nameof(Register)}, or comes with its class library (--assembly).");
        return make(module, precision);
    }

    /// <summary>Makes a kernel with weights of its own.</summary>
    /// <param name="module">The memory as data.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="precision">The formats of weights and cache.</param>
    /// <exception cref="PolicyFormatException">The kind is unknown, or settings and weights do not fit each other.</exception>
    public static IMemoryKernel Create(PolicyModule module, int rows, PolicyPrecision precision = default) => Pack(module, precision).CreateKernel(rows);

    private static Dictionary<string, Func<PolicyModule, PolicyPrecision, MemoryWeights>> BuiltIn()
    {
        var kinds = new Dictionary<string, Func<PolicyModule, PolicyPrecision, MemoryWeights>>(StringComparer.Ordinal)
        {
            [NoMemory.KindName] = (module, _) => new NoMemory(module),
            [GruMemory.KindName] = (module, precision) => new GruMemory(module, precision),
            [HcamMemory.KindName] = (module, precision) => new HcamMemory(module, precision),
            [LstmMemory.KindName] = (module, precision) => new LstmMemory(module, precision),
            [LruMemory.KindName] = (module, precision) => new LruMemory(module, precision),
            [MinGruMemory.KindName] = (module, precision) => new MinGruMemory(module, precision),
        };
        foreach (FfmForm form in FfmForm.All) kinds.Add(form.Name, (module, precision) => new FfmMemory(form, module, precision));
        foreach (FastWeightForm form in FastWeightForm.All) kinds.Add(form.Name, (module, precision) => new FastWeightMemory(form, module, precision));
        foreach (TransformerForm form in TransformerForm.All) kinds.Add(form.Name, (module, precision) => new TransformerMemory(form, module, precision));
        return kinds;
    }
}
