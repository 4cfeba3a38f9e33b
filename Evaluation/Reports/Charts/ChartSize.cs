namespace RLSeq.Evaluation.Charts;

/// <summary>
/// The pixels that a chart is drawn for. Each chart is drawn twice, for a wide and a narrow page, and the page shows the one that fits:
/// scaling one drawing down to a phone would make its letters too small to read.
/// </summary>
internal sealed record ChartSize(string Name, int Width, int Height, int XTicks, int YTicks, bool LabelsInside)
{
    public static readonly ChartSize Wide = new("wide", 880, 380, 8, 6, LabelsInside: true);

    public static readonly ChartSize Narrow = new("narrow", 350, 290, 4, 5, LabelsInside: false);
}
