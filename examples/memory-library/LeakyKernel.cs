using RLSeq.Agents;

namespace MyMemories;

/// <summary>The same memory as it acts: one step of one row, without allocating.</summary>
internal sealed class LeakyKernel(LeakyWeights weights, int rows) : RowwiseKernel<LeakyWeights>(weights, rows)
{
    private readonly float[] _target = new float[weights.Features];

    protected override void Advance(ReadOnlySpan<float> input, Span<float> state, Span<float> output)
    {
        Weights.Input.Apply(input, _target, 1);
        for (int i = 0; i < state.Length; i++)
        {
            float keep = Weights.Keep[i];
            state[i] = (keep * state[i]) + ((1 - keep) * MathF.Tanh(_target[i]));
        }
        Weights.Output.Apply(state, output, 1);
        for (int i = 0; i < output.Length; i++) output[i] += input[i];
    }
}
