using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>A clock that goes around environments: its settings, and the latencies that all of them replay, each episode from its own seed.</summary>
/// <param name="Settings">The clock.</param>
/// <param name="Profile">The latencies.</param>
/// <param name="Report">Whether observations say what the clock did.</param>
public sealed record ReplayedClock(ClockSettings Settings, LatencyProfile Profile, bool Report)
{
    /// <summary>Puts an environment, with its wrappers, under the clock; then its steps are decisions.</summary>
    /// <param name="environment">The environment; it is disposed of with what is returned.</param>
    /// <exception cref="UserInputException">It is one agent of a world with several.</exception>
    public RealTimeEnvironment Around(IEnvironment environment)
    {
        if (environment is not AgentSeat) return new RealTimeEnvironment(environment, Settings, Profile, Report);
        string name = EnvironmentAbilities.NameOf(environment);
        environment.Dispose();
        throw SeveralAgents(name);
    }

    /// <summary>Agents of one world would be late each by their own measure, and the world has one time.</summary>
    internal static UserInputException SeveralAgents(string name) =>
        new($"{name} is a world with several agents, which no clock goes around yet: they share one time, and each would be free at another. Leave clock.period (--period) out.");
}
