using System.Text.Json.Nodes;
using RLSeq.Cli.Output;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Commands;

/// <summary>Many runs that end in a report, as of a comparison or a study: followed to the end, or to the signal that stops them.</summary>
internal static class LongWork
{
    /// <summary>Shows how the work gets on, then what came of it; progress is written to standard error.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="runs">The runs that are left.</param>
    /// <param name="work">The work.</param>
    /// <param name="end">What is said and returned of its result.</param>
    /// <param name="stopped">What is said where a signal stops it: how to go on.</param>
    /// <param name="json">Whether the result is the last line of standard output as JSON, and all else goes to standard error.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> FollowAsync<T>(IReadOnlyList<PlannedRun> runs, Func<IComparisonObserver, CancellationToken, Task<T>> work, Func<T, WorkEnd> end, string stopped, bool json)
    {
        using var stop = new StopSignals();
        T result;
        try
        {
            result = await ComparisonDisplay.FollowAsync(runs, observer => work(observer, stop.Token));
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine(stopped);
            return stop.ExitCode;
        }
        WorkEnd said = end(result);
        Console.Error.WriteLine();
        (json ? Console.Error : Console.Out).WriteLine(said.Text);
        if (json) JsonLine.Write(JsonNode.Parse(await File.ReadAllTextAsync(said.JsonFile))!);
        return said.IsWhole ? 0 : 1;
    }
}
