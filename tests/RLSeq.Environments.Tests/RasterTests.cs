using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Tests;

public class RasterTests
{
    private const int Width = 200, Height = 150;
    private static readonly Color Ink = new(1, 2, 3);

    private delegate void Drawing(Raster raster);

    [Fact]
    public void A_rectangle_fills_the_pixels_whose_centres_it_holds()
    {
        Assert.Equal(12 * 7, Area(raster => raster.FillRectangle(3, 4, 12, 7, Ink)));
        Assert.Equal(12 * 7, Area(raster => raster.FillRectangle(3.4, 4.4, 12, 7, Ink)));
        Assert.Equal(0, Area(raster => raster.FillRectangle(3.6, 4.6, 0.8, 0.8, Ink)));
        Assert.Equal(1, Area(raster => raster.FillRectangle(3.4, 4.4, 0.2, 0.2, Ink)));
        Assert.Equal(0, Area(raster => raster.FillRectangle(3, 4, -5, 3, Ink)));
        byte[] image = Draw(raster => raster.FillRectangle(1, 2, 1, 1, Ink));
        Assert.Equal([1, 2, 3], image[(3 * ((2 * Width) + 1))..(3 * ((2 * Width) + 2))]);
        Assert.Equal(3, image.Count(value => value != 0));
    }

    [Fact]
    public void A_border_is_what_is_left_of_a_rectangle_without_its_inside() =>
        Assert.Equal((20 * 10) - (16 * 6), Area(raster => raster.DrawRectangle(5, 5, 20, 10, 2, Ink)));

    [Theory]
    [InlineData(75.3, 70.9, 60)]
    [InlineData(75, 70, 40)]
    [InlineData(100.5, 70.5, 3.2)]
    public void A_disc_has_the_area_of_one(double x, double y, double radius)
    {
        // The pixels that the rim cuts are right on average; there are about 8 r of them, of which the error is a few roots.
        int area = Area(raster => raster.FillDisc(x, y, radius, Ink));
        Assert.InRange(area, (Math.PI * radius * radius) - (2 * Math.Sqrt(8 * radius)), (Math.PI * radius * radius) + (2 * Math.Sqrt(8 * radius)));
        int counted = 0;
        for (int i = 0; i < Width * Height; i++)
        {
            double dx = (i % Width) + 0.5 - x, dy = (i / Width) + 0.5 - y;
            counted += (dx * dx) + (dy * dy) < radius * radius ? 1 : 0;
        }
        Assert.InRange(area - counted, -4, 4); // centres exactly on the rim may fall on either side
    }

    [Theory]
    [InlineData(20, 30, 150, 110, 7)]
    [InlineData(150, 30, 20, 110, 3)]
    [InlineData(20, 60, 150, 60, 8)]
    [InlineData(60, 20, 60, 120, 8)]
    public void A_line_has_the_area_of_a_rectangle_with_two_half_discs(double x0, double y0, double x1, double y1, double thickness)
    {
        double length = Math.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0))), expected = (length * thickness) + (Math.PI * thickness * thickness / 4);
        Assert.InRange(Area(raster => raster.DrawLine(x0, y0, x1, y1, thickness, Ink)), 0.97 * expected, 1.03 * expected);
        Assert.Equal(Draw(raster => raster.DrawLine(x0, y0, x1, y1, thickness, Ink)), Draw(raster => raster.DrawLine(x1, y1, x0, y0, thickness, Ink)));
    }

    [Fact]
    public void A_polygon_has_the_area_that_the_shoelace_formula_gives()
    {
        double[] corners = [20.2, 30.7, 170.1, 10.3, 120.9, 140.4, 60.6, 70.1];
        double twice = 0;
        for (int i = 0; i < corners.Length; i += 2)
        {
            int next = (i + 2) % corners.Length;
            twice += (corners[i] * corners[next + 1]) - (corners[next] * corners[i + 1]);
        }
        Assert.InRange(Area(raster => raster.FillPolygon(corners, Ink)), (Math.Abs(twice) / 2) - 30, (Math.Abs(twice) / 2) + 30);
        Assert.Equal(10 * 20, Area(raster => raster.FillPolygon([5, 5, 15, 5, 15, 25, 5, 25], Ink)));

        // A star of five points: its inner pentagon is inside twice, and stays empty.
        double[] star = [.. Enumerable.Range(0, 5).SelectMany(i => (double[])[100 + (60 * Math.Sin(4 * Math.PI * i / 5)), 75 - (60 * Math.Cos(4 * Math.PI * i / 5))])];
        byte[] image = Draw(raster => raster.FillPolygon(star, Ink));
        Assert.Equal(0, image[3 * ((75 * Width) + 100)]);
        Assert.Equal(1, image[3 * ((30 * Width) + 100)]);
    }

    [Fact]
    public void Neighbours_share_no_pixel_and_leave_no_gap()
    {
        // Two triangles of one rectangle, and discs of one colour over another.
        double[] upper = [10.3, 20.1, 110.7, 20.1, 110.7, 90.9], lower = [10.3, 20.1, 110.7, 90.9, 10.3, 90.9];
        Assert.Equal(
            Area(raster => raster.FillRectangle(10.3, 20.1, 100.4, 70.8, Ink)),
            Area(raster => raster.FillPolygon(upper, Ink)) + Area(raster => raster.FillPolygon(lower, Ink)));
    }

    [Fact]
    public void What_lies_outside_is_cut_off()
    {
        Assert.Equal(Width * Height, Area(raster => raster.FillRectangle(-1e9, -1e9, 1e10, 1e10, Ink)));
        Assert.Equal(Width * Height, Area(raster => raster.Clear(Ink)));
        Assert.Equal(0, Area(raster => raster.FillRectangle(Width, 0, 10, 10, Ink)));
        Assert.Equal(0, Area(raster => raster.FillDisc(-20, 50, 19, Ink)));
        Assert.InRange(Area(raster => raster.FillDisc(0, 0, 40, Ink)), (Math.PI * 400) - 20, (Math.PI * 400) + 20);
        Assert.Equal(Height * 4, Area(raster => raster.DrawLine(50, -1000, 50, 1000, 4, Ink)));
        Assert.Equal(0, Area(raster => raster.FillDisc(double.NaN, 5, 3, Ink)));
        Assert.Equal(0, Area(raster => raster.DrawLine(5, 5, 50, 50, -1, Ink)));
    }

    [Fact]
    public void Numbers_are_drawn_digit_by_digit()
    {
        string[] seven = ["###", "..#", ".#.", ".#.", ".#."];
        byte[] image = Draw(raster => raster.DrawNumber(10, 20, 2, 1207, Ink));
        for (int i = 0; i < 15; i++)
        {
            int x = 10 + (3 * 4 * 2) + (i % 3 * 2), y = 20 + (i / 3 * 2);
            Assert.Equal(seven[i / 3][i % 3] == '#', image[3 * ((y * Width) + x)] != 0);
        }
        Assert.Equal(13, Area(raster => raster.DrawNumber(0, 0, 1, 8, Ink)));
        Assert.Equal(12, Area(raster => raster.DrawNumber(0, 0, 1, 0, Ink)));
        Assert.Equal(Draw(raster => raster.DrawNumber(0, 0, 1, 47, Ink)), Draw(raster => raster.DrawNumber(0, 0, 1, -47, Ink)));
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        byte[] image = new byte[3 * Width * Height];
        double[] corners = [20, 30, 170, 10, 120, 140];
        Assert.Equal(0, AllocatedBytes.Of(
            () =>
            {
                var raster = new Raster(image, Width, Height);
                raster.Clear(Color.White);
                raster.FillDisc(50, 50, 20, Ink);
                raster.DrawLine(1, 2, 30, 40, 3, Ink);
                raster.FillPolygon(corners, Ink);
                raster.DrawNumber(5, 5, 2, 98765, Ink);
            },
            times: 20));
    }

    [Fact]
    public void Images_and_polygons_that_make_no_sense_are_refused()
    {
        Assert.Contains("needs 12 bytes; given: 11", Assert.Throws<ArgumentException>(() => new Raster(new byte[11], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Raster([], 0, 2));
        Assert.Throws<ArgumentException>(() => Draw(raster => raster.FillPolygon([1, 2, 3, 4], Ink)));
        Assert.Throws<ArgumentException>(() => Draw(raster => raster.FillPolygon([1, 2, 3, 4, 5, 6, 7], Ink)));
        Assert.Throws<ArgumentException>(() => Draw(raster => raster.FillPolygon(new double[130], Ink)));
    }

    private static byte[] Draw(Drawing drawing)
    {
        byte[] image = new byte[3 * Width * Height];
        drawing(new Raster(image, Width, Height));
        return image;
    }

    private static int Area(Drawing drawing)
    {
        byte[] image = Draw(drawing);
        return Enumerable.Range(0, Width * Height).Count(i => image[3 * i] == Ink.Red);
    }
}
