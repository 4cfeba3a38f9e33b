namespace RLSeq.Evaluation;

/// <summary>What is read off one curve of the share of a return that is kept at each deadline. Deadlines ascend; positions on the axis are their logarithms.</summary>
internal static class DeadlineMath
{
    /// <summary>The share of the undelayed return that must be kept for the shortest deadline.</summary>
    public const double Share = 0.95;

    /// <summary>
    /// The weights of the trapezoid rule on the logarithmic axis, divided by its width: they add up to 1, and the mean that they give is the
    /// normalised area under the curve.
    /// </summary>
    /// <param name="deadlines">At least two, ascending, above 0, in any unit.</param>
    public static double[] AreaWeights(ReadOnlySpan<double> deadlines)
    {
        var weights = new double[deadlines.Length];
        double width = Math.Log(deadlines[^1] / deadlines[0]);
        for (int i = 1; i < weights.Length; i++)
        {
            double half = Math.Log(deadlines[i] / deadlines[i - 1]) / (2 * width);
            weights[i - 1] += half;
            weights[i] += half;
        }
        return weights;
    }

    /// <summary>The normalised area; exactly 1 where everything is kept.</summary>
    public static double Area(ReadOnlySpan<double> weights, ReadOnlySpan<double> kept)
    {
        double lost = 0;
        for (int i = 0; i < weights.Length; i++) lost += weights[i] * (1 - kept[i]);
        return 1 - lost;
    }

    /// <summary>The shortest deadline from which on all keep at least a share; interpolated, the shortest of all where all do, infinite where the longest does not.</summary>
    public static double Shortest(ReadOnlySpan<double> deadlines, ReadOnlySpan<double> kept, double share)
    {
        int at = deadlines.Length;
        while (at > 0 && kept[at - 1] >= share) at--;
        if (at == deadlines.Length) return double.PositiveInfinity;
        if (at == 0) return deadlines[0];
        double along = (share - kept[at - 1]) / (kept[at] - kept[at - 1]);
        return deadlines[at - 1] * Math.Pow(deadlines[at] / deadlines[at - 1], along);
    }
}
