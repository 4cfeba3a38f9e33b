using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>What all memories of the Transformer's family are: layers with a norm behind the last, and a window of M inputs in the state.</summary>
public abstract class TransformerBase : Memory
{
    private readonly TransformerLayer[] _layers;

    /// <summary>Makes the layers with freshly drawn weights.</summary>
    /// <param name="settings">Hidden D, layers L, heads H (dividing D), context M (0 or more) and feed-forward width F.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    private protected TransformerBase(MemorySettings settings, TransformerForm form) : base(form.Name)
    {
        Check(settings, form.Name, form.SingleHead ? 1 : settings.Heads);
        if (settings.Context > form.MostCounted(settings.Context))
            throw new UserInputException($"The context of {form.Name} is at most {form.MostCounted(settings.Context)}, the last position that it tells apart; memory.context is {settings.Context}.");
        Form = form;
        Settings = settings with { Heads = form.SingleHead ? 1 : settings.Heads, FeedForward = settings.FeedForward > 0 ? settings.FeedForward : 4 * settings.Hidden };
        _layers = [.. Enumerable.Range(0, settings.Layers).Select(_ => new TransformerLayer(Settings, form))];
        Norm = nn.LayerNorm(settings.Hidden);
        RegisterParts();
        Layout = form.Layout(settings.Layers, settings.Context, settings.Hidden);
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => Settings.Hidden;

    /// <summary>Its sizes; the feed-forward width is at least 1.</summary>
    private protected MemorySettings Settings { get; }

    /// <summary>What it has and does not have.</summary>
    private protected TransformerForm Form { get; }

    /// <summary>The layers.</summary>
    private protected IReadOnlyList<TransformerLayer> Layers => _layers;

    /// <summary>The norm behind the last layer.</summary>
    private protected LayerNorm Norm { get; }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => Form.CheckState(state, Settings.Context);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", Settings.Hidden);
        writer.Set("layers", Settings.Layers);
        writer.Set("heads", Settings.Heads);
        writer.Set("context", Settings.Context);
        if (Form.FeedForward) writer.Set("ffn", Settings.FeedForward);
        for (int i = 0; i < _layers.Length; i++) _layers[i].Export(writer, $"layers.{i}");
        writer.Weights("norm", Norm);
    }

    private void RegisterParts()
    {
        for (int i = 0; i < _layers.Length; i++) register_module($"layer{i}", _layers[i]);
        register_module("norm", Norm);
    }

    /// <summary>Refuses sizes that no memory of layers and heads can have.</summary>
    /// <param name="settings">The sizes.</param>
    /// <param name="name">The memory's name.</param>
    /// <param name="heads">Its heads.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    internal static void Check(MemorySettings settings, string name, int heads)
    {
        if (settings.Layers < 1) throw new UserInputException($"A memory '{name}' needs at least one layer; memory.layers is {settings.Layers}.");
        if (settings.Context < 0) throw new UserInputException($"The context of {name} is 0 steps or more; memory.context is {settings.Context}.");
        if (heads < 1 || settings.Hidden % heads != 0)
            throw new UserInputException($"The heads must divide the width: network.hidden is {settings.Hidden} and memory.heads is {heads}, which leaves {(heads < 1 ? settings.Hidden : settings.Hidden % heads)}.");
    }
}
