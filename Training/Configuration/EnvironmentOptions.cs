using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>How the environment is made and watched, beside its name.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>The wrappers around it, such as <c>frame-stack=4,time-limit=200</c>; empty for what the task needs.</summary>
    public string Wrappers { get; init; } = "";

    /// <summary>The class library that holds it, or the memory, or both; empty where they are registered.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>What happens where an environment fails: <see cref="Stop"/> or <see cref="Restart"/>.</summary>
    public string OnError { get; init; } = Stop;

    /// <summary>Seconds after which an environment that does not return from a call is taken to hang; 0 for never.</summary>
    public double StepTimeout { get; init; } = CallWatch.DefaultTimeout.TotalSeconds;

    /// <summary>Loads the class library, if one is named, so that what it holds is known by name. See <see cref="PluginLibrary.Load"/> for errors.</summary>
    public void LoadLibrary()
    {
        if (Assembly.Length > 0) PluginLibrary.Load(Assembly);
    }

    /// <summary>A failure ends the run.</summary>
    public const string Stop = "stop";

    /// <summary>The row that failed goes on with its next episode, in a new environment; the run counts and reports it.</summary>
    public const string Restart = "restart";
}
