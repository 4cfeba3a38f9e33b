using RLSeq.Agents;
using static RLSeq.Policies.Tests.MemoryFault;

namespace RLSeq.Policies.Tests;

/// <summary>The kernel of a <see cref="FaultyMemory"/>: what is right of it is a <see cref="RowwiseKernel{TWeights}"/>.</summary>
internal sealed class FaultyKernel(FaultyWeights weights, int rows) : IMemoryKernel
{
    private readonly Right _right = new(weights, rows);
    private object? _garbage; // kept, so that it is not made on the stack
    private readonly float[] _nothing = new float[weights.Features];

    public MemoryLayout Layout => _right.Layout;

    public int Rows => _right.Rows;

    public object? Garbage => _garbage;

    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        if (weights.Fault == Allocates) _garbage = new object();
        if (weights.Fault == LosesItsState)
            foreach (int row in rows) _right.Reset(row);
        _right.Step(rows, input, output);
        if (weights.Fault == DependsOnTheBatch) output[^1] = MathF.BitIncrement(output[^1]) + (rows.Length > 1 ? 1e-6f * MathF.Max(1, MathF.Abs(output[^1])) : 0);
    }

    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        if (weights.Fault == PeekKeeps) _right.Step(rows, input, output);
        else _right.Peek(rows, input, output);
        if (weights.Fault == PeekDiffers) output[0] = MathF.BitIncrement(output[0]);
    }

    public void Reset(int row) => _right.Reset(row);

    public void Save(int row, Span<float> state) => _right.Save(row, state);

    public void Load(int row, ReadOnlySpan<float> state) => _right.Load(row, weights.Fault == TakesNaN && float.IsNaN(state[0]) ? _nothing : state);

    public void Newest(int row, int block, Span<float> item) => _right.Newest(row, block, item);

    public void Swap(MemoryWeights next)
    {
        if (weights.Fault != IgnoresSwap) _right.Swap(next);
    }

    private sealed class Right(FaultyWeights weights, int rows) : RowwiseKernel<FaultyWeights>(weights, rows)
    {
        protected override void Advance(ReadOnlySpan<float> input, Span<float> state, Span<float> output)
        {
            float kept = Weights.Fault == OtherFormula ? 0.51f : 0.5f;
            for (int i = 0; i < state.Length; i++)
            {
                state[i] = (kept * state[i]) + (Weights.Weight[i] * input[i]);
                output[i] = input[i] + state[i];
            }
        }
    }
}
