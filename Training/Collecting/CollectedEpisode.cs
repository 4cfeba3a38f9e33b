namespace RLSeq.Training;

/// <summary>An episode that ended while collecting.</summary>
/// <param name="Step">The rollout's step at which it ended, 0 to T - 1.</param>
/// <param name="Row">The environment's row.</param>
/// <param name="Return">The undiscounted sum of its rewards.</param>
/// <param name="Length">Its steps; under a clock its ticks.</param>
public readonly record struct CollectedEpisode(int Step, int Row, double Return, long Length);
