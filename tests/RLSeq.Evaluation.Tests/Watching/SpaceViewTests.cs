using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class SpaceViewTests
{
    [Fact]
    public void Stacked_pictures_stand_side_by_side()
    {
        var view = new SpaceView(Space.Bytes(2, 1, 2, 3)); // 2 frames of 1 row and 2 columns
        view.Draw([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]);
        Picture picture = view.Parts[0].Picture!;
        Assert.Equal((4, 1), (picture.Width, picture.Height));
        Assert.Equal([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16], picture.Pixels);
    }

    [Theory]
    [InlineData(new[] { 2, 2 }, 2, 2)]
    [InlineData(new[] { 2, 2, 1 }, 2, 2)]
    [InlineData(new[] { 4, 2, 2 }, 8, 2)] // the last dimension is no colour, so these are four grey frames
    public void Without_colours_pictures_are_grey(int[] shape, int width, int height)
    {
        var view = new SpaceView(Space.Bytes(shape));
        view.Draw([.. Enumerable.Range(1, shape.Aggregate((a, b) => a * b)).Select(value => (float)value)]);
        Picture picture = view.Parts[0].Picture!;
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal([1, 1, 1, 2, 2, 2], picture.Pixels[..6]);
        Assert.Equal([3, 3, 3], picture.Pixels.AsSpan(width * 3, 3).ToArray()); // the second row of the first frame
    }

    [Fact]
    public void Other_parts_are_numbers()
    {
        var view = new SpaceView(Space.Tuple(Space.Discrete(3), Space.Bytes(5), Space.Bytes(1, 2, 1), Space.Box(0, 1, 2, 2)));
        Assert.Equal((10, 1), (view.Numbers, view.Parts.Count(part => part.Picture is not null)));
        Assert.Equal([2, 1, 2, 3, 4, 5, 0.1f, 0.2f, 0.3f, 0.4f], view.NumbersOf([2, 1, 2, 3, 4, 5, 77, 78, 0.1f, 0.2f, 0.3f, 0.4f]));
    }
}
