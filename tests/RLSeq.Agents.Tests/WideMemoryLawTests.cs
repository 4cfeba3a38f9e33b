using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>
/// The laws of memories once more, bit for bit, at sizes where the bodies of the kernels run and not only their tails, where rings have
/// gone round, and where more items are derived anew than go through a layer at a time.
/// </summary>
public sealed class WideMemoryLawTests
{
    private const int D = WideMemories.D;

    public static TheoryData<string, string> All => WideMemories.All;

    /// <summary>Each row against a kernel of its own, made anew where an episode begins: in the first round, after it and after the second.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Rows_that_begin_at_different_steps_depend_neither_on_each_other_nor_on_what_was_before(string name, string precision)
    {
        const int Rows = 5; // a tile of four, and a rest
        int steps = WideMemories.Steps(name), window = name == "transformer-window" ? WideMemories.WindowContext : WideMemories.Context;
        int[] starts = [steps, 1, window / 2, window + 3, steps - 20];
        MemoryWeights weights = WideMemories.Pack(name, precision);
        IMemoryKernel kernel = weights.CreateKernel(Rows);
        IMemoryKernel[] alone = [.. starts.Select(_ => weights.CreateKernel(1))];
        var shuffle = new RandomSource(3);
        int[] order = [.. Enumerable.Range(0, Rows)];
        float[] output = new float[Rows * D], expected = new float[D];
        for (int t = 0; t < steps; t++)
        {
            for (int row = 0; row < Rows; row++)
            {
                if (t != starts[row]) continue;
                kernel.Reset(row);
                alone[row] = weights.CreateKernel(1);
            }
            shuffle.Shuffle<int>(order);
            int split = shuffle.NextInt(Rows + 1);
            Step(kernel, order.AsSpan(0, split), t, output);
            Step(kernel, order.AsSpan(split), t, output.AsSpan(split * D));
            for (int i = 0; i < Rows; i++)
            {
                alone[order[i]].Step([0], WideMemories.Input(order[i], t), expected);
                Near.Same(expected, output.AsSpan(i * D, D), $"{name} {precision}, step {t}, row {order[i]}");
            }
        }
    }

    /// <summary>Saved and loaded at the edges of the block and of the window, into rows that stand elsewhere in their rings.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_sequence_may_be_cut_anywhere(string name, string precision)
    {
        const int Rows = 3, After = 12;
        int steps = WideMemories.Steps(name);
        int[] cuts = [0, 1, 15, 63, 64, 65, 66, 70, 71, 83, 127, 128, 129, 130, 131, 132, 196, 260, 261, 277];
        MemoryWeights weights = WideMemories.Pack(name, precision);
        IMemoryKernel whole = weights.CreateKernel(1), parts = weights.CreateKernel(Rows);
        float[] a = new float[D], b = new float[D], state = new float[whole.Layout.Size], ahead = new float[D];
        int row = 0, until = 0;
        for (int t = 0; t < steps; t++)
        {
            if (cuts.Contains(t))
            {
                (row, until) = ((row + 1) % Rows, t + After);
                whole.Save(0, state);
                for (int junk = 0; junk < 1 + (t % 4); junk++) parts.Step([row], WideMemories.Input(9, junk), b);
                parts.Load(row, state);
                Near.Same(state, SaveOf(parts, row), $"{name} {precision}, state before step {t}");
            }
            whole.Step([0], WideMemories.Input(2, t), a);
            if (t >= until) continue;
            parts.Peek([row], WideMemories.Input(8, t), ahead); // another input: its traces must not stay
            parts.Peek([row], WideMemories.Input(2, t), ahead);
            parts.Step([row], WideMemories.Input(2, t), b);
            Near.Same(a, b, $"{name} {precision}, step {t}");
            Near.Same(a, ahead, $"{name} {precision}, looking ahead to step {t}");
            Near.Same(SaveOf(whole, 0), SaveOf(parts, row), $"{name} {precision}, state after step {t}");
        }
    }

    /// <summary>Weights change under rows at the beginning of their episode, with more than one block of items, and after going round.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void New_weights_go_on_from_the_states_as_if_these_were_loaded_into_them(string name, string precision)
    {
        int steps = WideMemories.Steps(name), after = name == "transformer-window" ? 5 : WideMemories.Context + 2;
        int[] rows = [0, 1, 2], lengths = [0, 67, steps - 9];
        IMemoryKernel kernel = WideMemories.Pack(name, precision).CreateKernel(rows.Length);
        MemoryWeights next = WideMemories.Pack(name, precision, salt: "next");
        IMemoryKernel expected = next.CreateKernel(rows.Length);
        float[] one = new float[D], a = new float[rows.Length * D], b = new float[a.Length];
        foreach (int row in rows)
        {
            for (int t = 0; t < lengths[row]; t++) kernel.Step([row], WideMemories.Input(row, t), one);
            expected.Load(row, SaveOf(kernel, row));
        }
        kernel.Swap(next);
        for (int t = 0; t < after; t++)
        {
            Step(kernel, rows, 1000 + t, a);
            Step(expected, rows, 1000 + t, b);
            Near.Same(b, a, $"{name} {precision}, step {t}");
        }
        foreach (int row in rows) Near.Same(SaveOf(expected, row), SaveOf(kernel, row), $"{name} {precision}, state of row {row}");
    }

    private static void Step(IMemoryKernel kernel, ReadOnlySpan<int> rows, int t, Span<float> output)
    {
        float[] input = [.. rows.ToArray().SelectMany(row => WideMemories.Input(row, t))];
        kernel.Step(rows, input, output[..(rows.Length * D)]);
    }

    private static float[] SaveOf(IMemoryKernel kernel, int row)
    {
        float[] state = new float[kernel.Layout.Size];
        kernel.Save(row, state);
        return state;
    }
}
