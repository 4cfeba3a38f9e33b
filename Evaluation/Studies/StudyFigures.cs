using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>Numbers of a study as a person reads them.</summary>
internal static class StudyFigures
{
    /// <summary>A bound of a rule, exactly as it is, with its unit.</summary>
    public static string Bound(double value, string unit) => value.ToString("0.####", CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : $" {unit}");

    /// <summary>An estimate with its interval and the numbers behind it.</summary>
    public static string Estimate(Measured measured, string unit)
    {
        if (measured.Estimate is not { } estimate) return "-";
        string text = Figures.Interval(estimate);
        return unit.Length == 0 ? text : $"{text} {unit}";
    }

    /// <summary>How many numbers there are, and of how many.</summary>
    public static string Count(Measured measured) => measured.Count == measured.Planned ? measured.Count.ToString(CultureInfo.InvariantCulture) : $"{measured.Count} of {measured.Planned}";

    /// <summary>A confidence in per cent.</summary>
    public static string Percent(double confidence) => (100 * confidence).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
