using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>What a memory of some sizes takes, in numbers of floats: what the formula of a run's memory is made of.</summary>
public sealed record MemoryCost
{
    /// <summary>Weights.</summary>
    public required double Weights { get; init; }

    /// <summary>Floats of the largest weight.</summary>
    public double LargestWeight { get; init; }

    /// <summary>Floats of one row's state outside of windows.</summary>
    public double State { get; init; }

    /// <summary>Items that a window holds, M; 0 without a window.</summary>
    public double Window { get; init; }

    /// <summary>Floats that a step adds to a window.</summary>
    public double Item { get; init; }

    /// <summary>Floats per step of a sequence that its forward pass keeps and its backward pass makes, together.</summary>
    public required double Step { get; init; }

    /// <summary>The same per step and item within reach (window and sequence), where scores are held as one matrix.</summary>
    public double StepAndItem { get; init; }

    /// <summary>The same per item of the window, which is projected anew before each sequence.</summary>
    public double WindowItem { get; init; }

    /// <summary>
    /// A recurrence of one layer with g gates: W_x and W_h and what a sequence operator keeps. It is the bound for a memory that does not
    /// state its cost.
    /// </summary>
    /// <param name="width">D.</param>
    /// <param name="gates">g.</param>
    /// <param name="state">Floats of the state.</param>
    public static MemoryCost Recurrence(double width, double gates, double state) => new()
    {
        Weights = 2 * gates * width * (width + 1),
        LargestWeight = gates * width * width,
        State = state,
        // Kept: gates, the state before and after, its tanh, the input. Made: gradients of the gates (twice for a GRU), of output and input.
        Step = ((3 * gates) + 7) * width,
    };

    /// <summary>A layer with fast weights.</summary>
    /// <param name="settings">Hidden D and heads H.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <param name="fused">Whether the steps are one operator, which keeps a matrix per head before about √T of T steps only.</param>
    public static MemoryCost FastWeights(MemorySettings settings, FastWeightForm form, bool fused)
    {
        double width = settings.Hidden, heads = Math.Max(1, settings.Heads), matrix = width * width / heads, projected = (4 * width) + (form.Gates * heads);
        double convolution = form.Convolves ? 3 * width * FastWeightForm.Taps : 0;
        return new MemoryCost
        {
            Weights = (projected * (width + 1)) + convolution + (form.NormalizesReads ? width : 0) + (width * (width + 1)) + (4 * width),
            LargestWeight = projected * width,
            State = (width * width / heads) + (form.Averages ? width : 3 * width * (FastWeightForm.Taps - 1)) + (2 * matrix),
            // Kept: two norms, the projection, what the convolution shifts and sums, its SiLU, lengths and quotients, what is read, gated and put
            // out; as much is made going back. √T matrices are at most a quarter of T and one more, which counts as state. A plain
            // composition has some twenty matrices of a chunk's steps per head instead, half of a chunk's width each on the way to an inverse.
            Step = (2 * ((form.Convolves ? 46 : 22) * width)) + (8 * heads) + (fused ? matrix / 4 : 20 * 64 * heads),
        };
    }

    /// <summary>A block of linear recurrent units: D complex ones between two norms.</summary>
    /// <param name="width">D.</param>
    public static MemoryCost LinearRecurrentUnits(double width) => new()
    {
        // Real and imaginary parts of input and read-out, two gates with their biases; decay, phase, skip and two norms.
        Weights = (6 * width * width) + (9 * width),
        LargestWeight = 2 * width * width,
        State = (2 * width) + 1,
        // Kept: u, B u, h, what is read of it, d·u, their sum, its GELU, two gates, σ(g), the gated, its sum with the input, the output: 15 · D. Made going back: as much.
        Step = 30 * width,
    };

    /// <summary>Fast and forgetful memory: m traces in c contexts.</summary>
    /// <param name="width">D.</param>
    /// <param name="form">What it has and does not have.</param>
    public static MemoryCost FastAndForgetful(int width, FfmForm form)
    {
        (double traces, double contexts) = FfmMemory.Sizes(width);
        double projected = 2 * (traces + width), state = 2 * traces * contexts;
        return new MemoryCost
        {
            Weights = (projected * (width + 1.0)) + traces + contexts + ((state + 1) * width),
            LargestWeight = width * Math.Max(projected, state),
            State = state + (form.Normalizes ? 1 : 0),
            // Kept: the projection, both gates, y, S, what is read of it, its norm, their difference, the blended and the output. Made going back: as much.
            Step = 2 * (projected + (2 * traces) + (6.0 * width) + state),
        };
    }

    /// <summary>Layers with hierarchical chunk attention.</summary>
    /// <param name="settings">Their sizes; the feed-forward width may be 0 for 4·D.</param>
    public static MemoryCost ChunkAttention(MemorySettings settings)
    {
        double width = settings.Hidden, layers = settings.Layers, heads = settings.Heads, forward = settings.FeedForward > 0 ? settings.FeedForward : 4 * width;
        var grid = ChunkGrid.For(Math.Max(0, settings.Context));
        return new MemoryCost
        {
            // Six projections, three norms with the last one, places, distances, the open chunk's vector and what chunks have by number and age.
            Weights = (2 * width) + (layers * ((6 * width * (width + 1)) + (5 * width) + (((2 * width) + 1) * forward) + width + (grid.Chunk * (width + (2 * heads))) + ((grid.Held + 1) * (width + 2)))),
            LargestWeight = width * Math.Max(forward, Math.Max(grid.Chunk, grid.Held + 1.0)),
            State = 1,
            Window = settings.Context,
            Item = layers * width,
            // As a Transformer's layer, and four items on the way to queries and relevances.
            Step = layers * ((28 * width) + (4 * forward)),
            // The scores of every item with every query, before and after biases, softmax and weights, and as much going back; a fraction for relevances.
            StepAndItem = layers * ((8 * heads) + (8.0 / grid.Chunk)),
            // Normed, put into chunks, with places, key, value, and as much going back.
            WindowItem = layers * 12 * width,
        };
    }

    /// <summary>A Transformer with a memory of layer inputs.</summary>
    /// <param name="settings">Its sizes; the feed-forward width may be 0 for 4·D.</param>
    /// <param name="form">What it has and does not have.</param>
    /// <param name="fused">Whether a layer is one operator, which keeps no matrix of scores.</param>
    public static MemoryCost Transformer(MemorySettings settings, TransformerForm form, bool fused)
    {
        double width = settings.Hidden, layers = settings.Layers, forward = settings.FeedForward > 0 ? settings.FeedForward : 4 * width;
        if (!form.FeedForward) forward = 0;
        bool operators = fused && form.Residual != ResidualConnection.None, gated = form.Residual == ResidualConnection.Gate;
        double projections = form.UniformAttention ? 2 : 4, heads = form.SingleHead ? 1 : settings.Heads;
        double biases = form.RelativePositions ? heads * (settings.Context + 1.0) : 0;
        bool distinct = form.SkipsNearDuplicates;
        double slots = form.Slots(settings.Context), items = settings.Context + 1.0, kept = layers * (((gated ? 46 : 18) * width) + (4 * forward)), scores = layers * heads * 4;
        // The items side by side, from which the next state is taken; and each row has distances of its own where layers are composed.
        if (distinct) (kept, scores) = (kept + (layers * 2 * width), (layers * heads * 6) + 4);
        return new MemoryCost
        {
            Weights = (2 * width) + (layers * ((projections * width * (width + 1)) + (2 * width) + (forward > 0 ? ((2 * width) + 1) * forward + (3 * width) : 0) + (gated ? 2 * width * ((6 * width) + 1) : 0) + biases)),
            LargestWeight = Math.Max(width * Math.Max(gated ? 3 * width : width, forward), biases),
            // What does not slide is no window: every sequence begins from a state of its own. The acting engine pads its rings, of which it has three.
            State = distinct ? (layers * (slots + 22) * width) + slots + 1 : 1,
            Window = slots,
            Item = distinct ? 0 : form.StoredLayers(settings.Layers) * width,
            // Kept per layer: two norms, query, key, value, attended, two sums, and the feed-forward part; about as much is made going back.
            // A gate keeps y, r, z, n and r·x, 5·D, and makes the products of the stream, 2·D, and gradients of all that, 7·D.
            // A window that is projected anew has all that for each of its items, which are gathered first.
            Step = form.Reprojects ? (items * (kept + (2 * width))) + (operators ? 0 : items * (items + settings.Context) * scores) : kept,
            StepAndItem = operators || form.Reprojects ? 0 : scores,
            WindowItem = form.Reprojects ? 0 : layers * (distinct ? 10 : 6) * width,
        };
    }
}
