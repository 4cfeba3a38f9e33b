using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>
/// A chart as inline SVG: a frame with two axes, onto which curves, bands, whiskers, markers and labels are drawn in the units of the
/// axes. Colours and strokes are classes that the page's style sheet defines, so that one drawing serves light, dark and print.
/// </summary>
internal sealed class Chart
{
    /// <summary>Generous averages of a sans-serif at 12 pixels: fonts differ between machines, and a label must not be cut.</summary>
    private const double LetterWidth = 6.6, BoldLetterWidth = 8.8, LineHeight = 14;

    private readonly List<XElement> _marks = [];
    private readonly List<(double Left, double Right, double Height)> _taken = []; // where texts stand inside the frame
    private readonly ChartSize _size;
    private readonly Axis _x, _y;
    private readonly double _left, _right, _top, _bottom;

    /// <summary>An empty frame.</summary>
    /// <param name="size">The pixels to draw for.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="endLabels">The texts that will stand to the right of the frame, which gets narrower by the longest.</param>
    /// <param name="topAxis">Whether <see cref="TopAxis"/> will be called: the frame then begins lower.</param>
    public Chart(ChartSize size, Axis x, Axis y, IEnumerable<string>? endLabels = null, bool topAxis = false)
    {
        (_size, _x, _y) = (size, x, y);
        _top = topAxis ? 46 : 12;
        _left = 30 + (LetterWidth * y.Ticks.Select(tick => tick.Text.Length).DefaultIfEmpty(1).Max());
        double labels = endLabels?.Select(text => Math.Min(text.Length, LongestLabel)).DefaultIfEmpty(0).Max() ?? 0;
        _right = size.Width - (labels > 0 ? 14 + (BoldLetterWidth * labels) : 22);
        _bottom = size.Height - 44;
    }

    private const int LongestLabel = 22;

    public double X(double value) => _left + (_x.Fraction(value) * (_right - _left));

    public double Y(double value) => _bottom - (_y.Fraction(value) * (_bottom - _top));

    public void Curve(IEnumerable<(double X, double Y)> points, Series series, string kind)
    {
        var path = new StringBuilder();
        foreach ((double x, double y) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(At(x, y));
        if (path.Length == 0) return;
        _marks.Add(new XElement("path", new XAttribute("class", $"{kind} {series.ColourClass}"), new XAttribute("d", path.ToString()), Dashed(series.Dash)));
    }

    public void Band(IReadOnlyList<(double X, double Low, double High)> points, Series series)
    {
        if (points.Count < 2) return;
        string upper = string.Join('L', points.Select(p => At(p.X, p.High)));
        string lower = string.Join('L', points.Reverse().Select(p => At(p.X, p.Low)));
        _marks.Add(new XElement("path", new XAttribute("class", $"band {series.ColourClass}"), new XAttribute("d", $"M{upper}L{lower}Z")));
    }

    /// <summary>The anchors of an environment as dashed lines: the reference named at the left above its line, random actions at the right below, where curves are rare.</summary>
    public void Anchors(EnvironmentInfo environment)
    {
        if (environment.ReferenceReturn is { } reference && double.IsFinite(reference))
        {
            string text = $"reference {Figures.Return(reference)}";
            Level(reference, Text(_left + 6, Y(reference) - 5, "note", text));
            _taken.Add((_left, _left + 6 + (LetterWidth * text.Length), Y(reference) - 5));
        }
        if (environment.RandomReturn is { } random && double.IsFinite(random))
        {
            string text = $"random actions {Figures.Return(random)}";
            Level(random, Text(_right - 4, Y(random) + LineHeight, "note end", text));
            _taken.Add((_right - 4 - (LetterWidth * text.Length), _right, Y(random) + LineHeight));
        }
    }

    /// <summary>A thin line between two points of the frame, for instance one arm of a whisker.</summary>
    public void Whisker(double x1, double y1, double x2, double y2, Series series) =>
        _marks.Add(Line(X(x1), Y(y1), X(x2), Y(y2), $"whisker {series.ColourClass}"));

    public void Marker(double x, double y, Series series, bool filled, string tooltip) =>
        _marks.Add(new XElement("path",
            new XAttribute("class", $"{(filled ? "marker" : "marker hollow")} {series.ColourClass}"),
            new XAttribute("transform", $"translate({Number(X(x))},{Number(Y(y))})"),
            new XAttribute("d", series.Marker),
            new XElement("title", Xml.Clean(tooltip))));

    /// <summary>Small markers along a curve, where it was measured.</summary>
    public void Dots(IEnumerable<(double X, double Y)> points, Series series)
    {
        foreach ((double x, double y) in points)
        {
            _marks.Add(new XElement("path",
                new XAttribute("class", $"marker {series.ColourClass}"),
                new XAttribute("transform", $"translate({Number(X(x))},{Number(Y(y))}) scale(.5)"),
                new XAttribute("d", series.Marker)));
        }
    }

    /// <summary>A vertical line that parts what is left of it from what is right.</summary>
    public void Divide(double x) => _marks.Add(Line(X(x), _top, X(x), _bottom, "level"));

    /// <summary>A second scale above the frame: other texts at places of the horizontal axis.</summary>
    public void TopAxis(string label, IEnumerable<(double Value, string Text)> ticks)
    {
        double free = double.NegativeInfinity;
        foreach ((double value, string text) in ticks)
        {
            double half = LetterWidth * text.Length / 2;
            if (X(value) - half < free) continue;
            free = X(value) + half + 6;
            _marks.Add(Line(X(value), _top - 4, X(value), _top, "axis"));
            _marks.Add(Text(X(value), _top - 9, "tick middle", text));
        }
        _marks.Add(Text((_left + _right) / 2, 14, "label middle", label));
    }

    /// <summary>A step line through the points of a Pareto front, in order of x: what can be had at each cost.</summary>
    public void Front(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count == 0) return;
        var path = new StringBuilder("M").Append(At(points[0].X, points[0].Y));
        foreach ((double x, double y) in points.Skip(1)) path.Append('H').Append(Number(X(x))).Append('V').Append(Number(Y(y)));
        path.Append('H').Append(Number(_right));
        _marks.Add(new XElement("path", new XAttribute("class", "front"), new XAttribute("d", path.ToString())));
    }

    /// <summary>Labels to the right of the frame at the heights of their values, moved apart so that none covers another.</summary>
    public void EndLabels(IEnumerable<(double Y, Series Series)> labels)
    {
        List<(double Height, Series Series)> placed = [.. labels.Select(label => (Y(label.Y), label.Series)).OrderBy(label => label.Item1)];
        double[] heights = Spread([.. placed.Select(label => label.Height)], LineHeight, _top + 4, _bottom);
        for (int i = 0; i < placed.Count; i++)
            _marks.Add(Text(_right + 8, heights[i] + 4, $"name {placed[i].Series.ColourClass}", Shortened(placed[i].Series.Name)));
    }

    /// <summary>Labels beside points, each moved up or down until it covers no earlier one, and kept inside the frame.</summary>
    public void PointLabels(IEnumerable<(double X, double Y, Series Series)> labels)
    {
        foreach ((double x, double y, Series series) in labels.OrderBy(label => label.Y))
        {
            string text = Shortened(series.Name);
            double width = BoldLetterWidth * text.Length;
            double left = Math.Max(2, Math.Min(X(x) + 10, _right - width));
            double height = Y(y) - 8;
            while (IsTaken(left, width, height)) height -= LineHeight / 2;
            if (height < _top + 4)
            {
                height = Y(y) + LineHeight + 4;
                while (IsTaken(left, width, height)) height += LineHeight / 2;
            }
            _taken.Add((left, left + width, height));
            _marks.Add(Text(left, height, $"name {series.ColourClass}", text));
        }
    }

    /// <summary>The chart as an SVG element with a title and a description for readers who do not see it.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What the chart shows.</param>
    /// <param name="description">Its content in words.</param>
    public XElement ToSvg(string id, string title, string description) => new(
        "svg",
        new XAttribute("class", $"chart {_size.Name}"),
        new XAttribute("viewBox", $"0 0 {_size.Width} {_size.Height}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-t {id}-d"),
        new XElement("title", new XAttribute("id", $"{id}-t"), Xml.Clean(title)),
        new XElement("desc", new XAttribute("id", $"{id}-d"), Xml.Clean(description)),
        Frame(),
        _marks);

    /// <summary>Moves heights apart to a least distance, keeping their order and staying between the limits where there is room.</summary>
    internal static double[] Spread(IReadOnlyList<double> sorted, double distance, double low, double high)
    {
        double[] placed = [.. sorted];
        for (int i = 1; i < placed.Length; i++) placed[i] = Math.Max(placed[i], placed[i - 1] + distance);
        double limit = high;
        for (int i = placed.Length - 1; i >= 0; i--, limit -= distance) placed[i] = Math.Max(Math.Min(placed[i], limit), low + (i * distance));
        return placed;
    }

    private bool IsTaken(double left, double width, double height) =>
        _taken.Any(other => left < other.Right && other.Left < left + width && Math.Abs(height - other.Height) < LineHeight);

    private void Level(double value, XElement text)
    {
        _marks.Add(Line(_left, Y(value), _right, Y(value), "level"));
        _marks.Add(text);
    }

    private IEnumerable<XElement> Frame()
    {
        foreach ((double value, string text) in _y.Ticks)
        {
            yield return Line(_left, Y(value), _right, Y(value), "grid");
            yield return Text(_left - 7, Y(value) + 4, "tick end", text);
        }

        double free = double.NegativeInfinity;
        foreach ((double value, string text) in _x.Ticks)
        {
            yield return Line(X(value), _top, X(value), _bottom, "grid");
            double half = LetterWidth * text.Length / 2;
            if (X(value) - half < free || text.Length == 0) continue;
            free = X(value) + half + 6;
            yield return Text(X(value), _bottom + 18, "tick middle", text);
        }

        yield return new XElement("path", new XAttribute("class", "axis"), new XAttribute("d", $"M{Number(_left)},{Number(_top)}V{Number(_bottom)}H{Number(_right)}"));
        yield return Text((_left + _right) / 2, _size.Height - 6, "label middle", _x.Label);
        if (_y.Label.Length == 0) yield break;
        XElement vertical = Text(0, 0, "label middle", _y.Label);
        vertical.SetAttributeValue("transform", $"translate(14,{Number((_top + _bottom) / 2)}) rotate(-90)");
        yield return vertical;
    }

    private string At(double x, double y) => $"{Number(X(x))},{Number(Y(y))}";

    private static string Shortened(string name) => name.Length <= LongestLabel ? name : string.Concat(name.AsSpan(0, LongestLabel - 1), "…");

    private static XAttribute? Dashed(string dash) => dash.Length > 0 ? new XAttribute("stroke-dasharray", dash) : null;

    private static XElement Line(double x1, double y1, double x2, double y2, string kind) => new(
        "line",
        new XAttribute("class", kind),
        new XAttribute("x1", Number(x1)),
        new XAttribute("y1", Number(y1)),
        new XAttribute("x2", Number(x2)),
        new XAttribute("y2", Number(y2)));

    private static XElement Text(double x, double y, string kind, string text) => new(
        "text",
        new XAttribute("class", kind),
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        Xml.Clean(text));

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
