using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>What the forms of a Transformer do that the laws do not ask for.</summary>
public sealed class TransformerFormTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Counted step by step.</summary>
    [Theory, InlineData(5), InlineData(1000)]
    public void The_steps_of_an_episode_are_counted_from_its_start(int most)
    {
        const int Steps = 40, Batch = 5;
        Tensor starts = MemorySubject.Starts(Steps, Batch, 0.1, 1), count = tensor(new float[] { 0, 1, 3, 4, 5 }, [Batch, 1]);
        long[] before = AttentionWindow.CountBefore(count, starts, most).contiguous().data<long>().ToArray();
        float[] after = AttentionWindow.CountAfter(count, starts, most).data<float>().ToArray(), counted = count.data<float>().ToArray();
        bool[] begins = starts.contiguous().data<bool>().ToArray();
        for (int t = 0; t < Steps; t++)
        {
            for (int row = 0; row < Batch; row++)
            {
                if (begins[(t * Batch) + row]) counted[row] = 0;
                Assert.Equal((long)counted[row], before[(t * Batch) + row]);
                counted[row] = Math.Min(counted[row] + 1, most);
            }
        }
        Assert.Equal(counted, after);
    }

    /// <summary>Far into an episode, across the position after which there is no other, learning goes on as acting does.</summary>
    [Theory, InlineData(1000), InlineData(SinusoidalPositions.Longest - 4)]
    public void Late_positions_are_the_same_in_learning_and_acting(int position)
    {
        const int Steps = 10;
        using MemorySubject subject = MemorySubject.Create("transformer-absolute");
        IMemoryKernel kernel = subject.Kernel(1);
        float[] state = subject.Inputs(1, 1 + (kernel.Layout.Size / MemorySubject.Width), 1).data<float>().ToArray()[..kernel.Layout.Size], output = new float[MemorySubject.Width];
        state[^1] = position;
        kernel.Load(0, state);
        Tensor x = subject.Inputs(Steps, 1, 2);
        (Tensor learned, MemoryState after) = subject.Memory.Forward(x, MemoryState.FromRows(subject.Memory.Layout, state, x), zeros(Steps, 1, dtype: @bool));
        for (int t = 0; t < Steps; t++)
        {
            kernel.Step([0], x.select(0, t).contiguous().data<float>().ToArray(), output);
            MemorySubject.Agree(output, learned.select(0, t).detach().contiguous().data<float>().ToArray());
        }
        Assert.Equal(Math.Min(position + Steps, SinusoidalPositions.Longest), after.ToRows()[^1]);
    }

    [Fact]
    public void A_window_longer_than_positions_are_told_apart_is_refused() =>
        Assert.Contains("memory.context is 65536", Assert.Throws<UserInputException>(() => MemorySubject.Create("transformer-absolute", context: 65_536)).Message, StringComparison.Ordinal);
}
