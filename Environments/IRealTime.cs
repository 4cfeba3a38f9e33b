namespace RLSeq.Environments;

/// <summary>An optional ability of an environment that stands for something that runs in time: saying how fast. Whoever shows it plays it at this rate.</summary>
public interface IRealTime
{
    /// <summary>The steps per second of the world, above 0; the same for the life of the environment.</summary>
    double StepsPerSecond { get; }
}
