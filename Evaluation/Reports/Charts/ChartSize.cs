namespace RLSeq.Evaluation.Charts;

/// <summary>
/// The pixels that a chart is drawn for. Each chart is drawn twice, for a wide and a narrow page, and the page shows the one that fits:
/// scaling one drawing down to a phone would make its letters too small to read.
/// </summary>
/// <param name="Name">The class that the page's style sheet knows the size by.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="XTicks">About so many marks on the horizontal axis.</param>
/// <param name="YTicks">About so many marks on the vertical axis.</param>
/// <param name="Points">At most about so many points of a curve.</param>
/// <param name="LabelsInside">Whether there is room for the names of the curves beside their ends.</param>
internal sealed record ChartSize(string Name, int Width, int Height, int XTicks, int YTicks, int Points, bool LabelsInside)
{
    public static readonly ChartSize Wide = new("wide", 800, 360, 8, 6, 150, LabelsInside: true);

    public static readonly ChartSize Narrow = new("narrow", 350, 290, 4, 5, 75, LabelsInside: false);

    /// <summary>A lower one, for a chart that goes with another.</summary>
    public ChartSize Low => this with { Height = Height * 3 / 5, YTicks = 4 };
}
