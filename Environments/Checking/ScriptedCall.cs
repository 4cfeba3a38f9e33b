namespace RLSeq.Environments;

/// <summary>What a <see cref="ScriptedRun"/> asks of an environment.</summary>
internal enum ScriptedCall
{
    /// <summary>To begin an episode.</summary>
    Reset,

    /// <summary>To take an action.</summary>
    Step,

    /// <summary>To say which choices the next action may make.</summary>
    Mask,
}
