using RLSeq.Evaluation.Terminal;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class TerminalTests
{
    [Fact]
    public void Two_rows_of_pixels_become_one_line_of_half_blocks()
    {
        var picture = new Picture(2, 3, [1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        Assert.Equal(
            ["\u001B[38;2;1;2;3;48;2;4;5;6m▀\u001B[38;2;1;2;3;48;2;7;8;9m▀\u001B[0m", "\u001B[38;2;10;11;12;49m▀\u001B[38;2;13;14;15;49m▀\u001B[0m"],
            HalfBlocks.Draw(picture, 80, 24));
    }

    [Fact]
    public void Equal_neighbours_share_their_colour() =>
        Assert.Equal(["\u001B[38;2;9;9;9;48;2;9;9;9m▀▀▀▀\u001B[0m"], HalfBlocks.Draw(new Picture(4, 2, [.. Enumerable.Repeat((byte)9, 24)]), 80, 24));

    [Theory]
    [InlineData(200, 100, 80, 24, 80, 40)] // too wide
    [InlineData(100, 100, 80, 24, 48, 48)] // too high: two rows of pixels to a line
    [InlineData(10, 10, 80, 24, 10, 10)]
    [InlineData(1000, 1, 80, 24, 80, 1)]
    public void Pictures_shrink_until_they_fit_and_keep_their_shape(int width, int height, int columns, int rows, int expectedWidth, int expectedHeight)
    {
        Picture small = HalfBlocks.Shrink(new Picture(width, height, new byte[width * height * 3]), columns, 2 * rows);
        Assert.Equal((expectedWidth, expectedHeight), (small.Width, small.Height));
    }

    [Fact]
    public void A_pixel_is_the_mean_of_those_it_stands_for() =>
        Assert.Equal([25, 3, 0, 100, 3, 0], HalfBlocks.Shrink(new Picture(4, 2, [10, 0, 0, 20, 2, 0, 100, 3, 0, 100, 3, 0, 30, 4, 0, 40, 6, 0, 100, 3, 0, 100, 3, 0]), 2, 1).Pixels);

    [Theory]
    [InlineData(0, "        ")]
    [InlineData(0.5, "████    ")]
    [InlineData(1, "████████")]
    [InlineData(0.515625, "████▏   ")]
    [InlineData(7, "████████")]
    [InlineData(double.NaN, "        ")]
    public void Bars_have_eighths(double share, string bar) => Assert.Equal(bar, TextFrame.Bar(share, 8));

    [Fact]
    public void A_frame_shows_state_observation_choice_and_what_came_of_it()
    {
        using var lantern = new Lantern();
        EpisodePlayer player = MadePolicies.Player(lantern);
        var frame = new TextFrame(player, pixels: false, colours: false);
        player.Begin(0);
        player.Decide();
        string text = string.Join('\n', frame.Draw(80, 20));
        Assert.Contains(Lantern.Hostile, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', text); // what the environment draws cannot steer the terminal
        Assert.Contains("\uFFFD[2J goal", text, StringComparison.Ordinal);
        Assert.Contains("a picture of 6 × 4 pixels", text, StringComparison.Ordinal);
        Assert.Contains($"action 0  {(int)player.Action[0]}", text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{player.Meaning[(int)player.Action[0]]:0.000} ◀"), text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"mean {player.Meaning[3]:G4} ± {player.Meaning[4]:G4}"), text, StringComparison.Ordinal);
        Assert.Contains($"   {Figures.Latency(player.LatencyMicroseconds)} (warm-up)", text, StringComparison.Ordinal);
        player.Apply();
        Assert.Contains(FormattableString.Invariant($"step 1   reward {player.Reward:0.####}"), string.Join('\n', frame.Draw(80, 20)), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_drawn_where_they_are_asked_for_and_colours_are_there()
    {
        using var lantern = new Lantern();
        EpisodePlayer player = MadePolicies.Player(lantern);
        player.Begin(0);
        Assert.Equal(12, Blocks(pixels: true, colours: true)); // as wide as the picture, whose 8 rows take 4 lines
        Assert.Equal(0, Blocks(pixels: false, colours: true)); // it has text
        Assert.Equal(0, Blocks(pixels: true, colours: false));

        int Blocks(bool pixels, bool colours) => new TextFrame(player, pixels, colours).Draw(80, 20).Sum(line => line.Count(letter => letter == '▀')) / 4;
    }
}
