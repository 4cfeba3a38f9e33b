namespace RLSeq.Evaluation.Charts;

/// <summary>
/// How one memory looks in every chart of a report: a colour, a dash pattern and a marker, so that no chart relies on colour alone. The
/// colours are those of Okabe and Ito, which remain distinct for colour-blind readers; the page defines them for light and dark.
/// </summary>
internal sealed record Series(string Name, int Index)
{
    public const int Colours = 7;

    private static readonly string[] Dashes = ["", "7 4", "2 3", "9 3 2 3", "12 4", "4 2 1 2", "1 4"];

    private static readonly string[] Markers =
    [
        "M-5,0A5,5 0 1 0 5,0A5,5 0 1 0 -5,0Z",
        "M-4.5,-4.5H4.5V4.5H-4.5Z",
        "M0,-5.6L5.4,4.2H-5.4Z",
        "M0,-6.2L6.2,0L0,6.2L-6.2,0Z",
        "M0,5.6L5.4,-4.2H-5.4Z",
        "M-1.8,-5.4H1.8V-1.8H5.4V1.8H1.8V5.4H-1.8V1.8H-5.4V-1.8H-1.8Z",
        "M-5.5,-3H5.5V3H-5.5Z",
    ];

    public string ColourClass => $"c{Index % Colours}";

    /// <summary>Beyond seven memories the colours repeat with other dashes and markers.</summary>
    public string Dash => Dashes[(Index + (Index / Colours)) % Dashes.Length];

    public string Marker => Markers[(Index + (Index / Colours)) % Markers.Length];
}
