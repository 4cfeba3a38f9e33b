namespace RLSeq.Cli.Commands;

/// <summary>How a terminal shows episodes.</summary>
/// <param name="Rate">Steps per second, or null for the environment's.</param>
/// <param name="Pixels">Whether to prefer pictures to text.</param>
/// <param name="ToError">Whether frames go to standard error, since the result goes to standard output.</param>
internal sealed record WatchView(double? Rate, bool Pixels, bool ToError)
{
    /// <summary>Whether frames can stand one over the other.</summary>
    public bool InPlace => !(ToError ? Console.IsErrorRedirected : Console.IsOutputRedirected) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public TextWriter Output => ToError ? Console.Error : Console.Out;
}
