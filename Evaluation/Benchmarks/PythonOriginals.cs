namespace RLSeq.Evaluation;

/// <summary>
/// Steps per second of the originals in Python: one core, one environment, random actions; POPGym's tasks, and Gymnasium's CartPole. They
/// were measured once, on a machine like the one that the project's figures come from, and serve as an order of magnitude.
/// </summary>
public static class PythonOriginals
{
    private static readonly (string Task, double StepsPerSecond)[] Measured =
        [("RepeatPrevious", 110_000), ("CartPole", 216_000), ("MineSweeper", 19_000), ("Battleship", 318_000)];

    /// <summary>The speed of an environment's original, or null where it was not measured.</summary>
    /// <param name="name">The environment's name, with its difficulty.</param>
    public static double? StepsPerSecond(string name)
    {
        foreach ((string task, double stepsPerSecond) in Measured)
            if (name == task || name == $"{task}Easy" || name == $"{task}Medium" || name == $"{task}Hard") return stepsPerSecond;
        return null;
    }
}
