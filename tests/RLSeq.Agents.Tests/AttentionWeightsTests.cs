namespace RLSeq.Agents.Tests;

public sealed unsafe class AttentionWeightsTests
{
    /// <summary>
    /// One score is far above the others. If it were overlooked when the largest is sought, its exponential would overflow and the others' would
    /// not be next to nothing; so every place is looked at, before and after the wrap, in whole vectors and in their rests.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_largest_score_is_found_wherever_it_stands(bool plain)
    {
        foreach (int items in new[] { 1, 7, 16, 17, 33, 50 })
            for (int oldest = 0; oldest < items; oldest++)
                foreach (int count in new[] { items, Math.Max(1, items - 3) })
                {
                    if (count < items && oldest > 0) continue; // a ring that is not full has not wrapped around
                    for (int age = 0; age < count; age++) Check(items, count, oldest, age, plain);
                }
    }

    private static void Check(int items, int count, int oldest, int largest, bool plain)
    {
        int room = SimdWidth.RoundUp(items) + SimdWidth.Widest;
        var scores = new AlignedBuffer<float>(room);
        var biases = new AlignedBuffer<float>(room);
        var weights = new AlignedBuffer<float>(room + SimdWidth.Widest);
        scores.Span.Fill(1e6f); // what lies beyond the items must not count
        weights.Span.Fill(float.NaN);
        for (int age = 0; age < count; age++)
        {
            scores.Span[(oldest + age) % items] = age == largest ? 300 : -0.5f * age;
            biases.Span[age] = 0.25f * age;
        }
        float scale;
        fixed (float* s = scores, b = biases, w = weights) SimdWidth.Run(new Kernel(s, b, w, count, Math.Min(count, items - oldest), oldest, &scale), plain);
        for (int age = 0; age < count; age++)
        {
            // e^(x − max) with x = score + bias: 1 at the largest, and below e^-200, which is 0 here, elsewhere.
            float expected = age == largest ? 1 : 0;
            Assert.True(weights.Span[age] == expected, $"{count} of {items} items, oldest {oldest}, largest {largest}: weight {age} is {weights.Span[age]}.");
        }
        for (int age = count; age < SimdWidth.RoundUp(count); age++) Assert.Equal(0f, weights.Span[age]);
        Assert.Equal(1f, scale);
    }

    private readonly struct Kernel(float* scores, float* biases, float* weights, int count, int first, int oldest, float* scale) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => *scale = AttentionWeights.ByAge<TSimd, TVector>(scores, biases, weights, count, first, oldest);
    }
}
