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
        Check(settings, form);
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

    private static void Check(MemorySettings settings, TransformerForm form)
    {
        (int width, int heads, int context) = (settings.Hidden, form.SingleHead ? 1 : settings.Heads, settings.Context);
        if (settings.Layers < 1) throw new UserInputException($"A transformer needs at least one layer; memory.layers is {settings.Layers}.");
        if (context < 0) throw new UserInputException($"A transformer's context is 0 steps or more; memory.context is {context}.");
        if (context > form.MostCounted(context))
            throw new UserInputException($"The context of {form.Name} is at most {form.MostCounted(context)}, the last position that it tells apart; memory.context is {context}.");
        if (heads < 1 || width % heads != 0)
            throw new UserInputException($"The heads must divide the width: network.hidden is {width} and memory.heads is {heads}, which leaves {(heads < 1 ? width : width % heads)}.");
    }
}
