using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>The action that does nothing, for any environment.</summary>
internal static class IdleAction
{
    /// <summary>What <see cref="IIdleAction"/> says, else zero or what in each element's space is nearest to it.</summary>
    public static float[] Of(IEnvironment environment)
    {
        var idle = new float[environment.ActionSpace.Size];
        environment.ActionSpace.Clip(idle);
        environment.Ability<IIdleAction>()?.WriteIdleAction(idle);
        return idle;
    }
}
