namespace RLSeq.Agents.Tests;

public sealed class CounterRandomTests
{
    // The known answers that the authors publish with Random123 (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(uint a, uint b, uint c, uint d, uint k0, uint k1, uint e0, uint e1, uint e2, uint e3) =>
        Assert.Equal((e0, e1, e2, e3), CounterRandom.Philox((a, b, c, d), (k0, k1)));

    [Fact]
    public void The_words_of_the_counter_are_step_row_and_block()
    {
        var random = new CounterRandom(0x1122334455667788, row: 9, step: 0xAABBCCDD00112233);
        uint[] drawn = [.. Enumerable.Range(0, 8).Select(_ => random.NextUInt32())];
        (uint a, uint b, uint c, uint d) = CounterRandom.Philox((0x00112233, 0xAABBCCDD, 9, 0), (0x55667788, 0x11223344));
        (uint e, uint f, uint g, uint h) = CounterRandom.Philox((0x00112233, 0xAABBCCDD, 9, 1), (0x55667788, 0x11223344));
        Assert.Equal([a, b, c, d, e, f, g, h], drawn);
    }

    [Fact]
    public void Uniform_numbers_lie_in_zero_to_one_and_are_uniform()
    {
        int[] bins = new int[10];
        for (uint row = 0; row < 100; row++)
            for (ulong step = 0; step < 100; step++)
            {
                double u = new CounterRandom(7, row, step).NextDouble();
                Assert.InRange(u, 0, 1 - 1e-10);
                bins[(int)(u * 10)]++;
            }
        double chiSquare = bins.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000);
        Assert.InRange(chiSquare, 0, 27.88); // 9 degrees of freedom, p = 0.001
    }
}
