using System.Diagnostics;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Trains in a process of its own, so that a crash costs one run, and runs side by side do not share libtorch's threads.</summary>
/// <param name="command">The program and arguments that stand for <c>rlseq</c>.</param>
public sealed class TrainingProcess(IReadOnlyList<string> command)
{
    /// <summary>The last lines of a failed process that its error shows.</summary>
    private const int ErrorLines = 3;

    /// <summary>Runs a training to its end.</summary>
    /// <param name="configuration">All that decides the run.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="progress">Called as it gets on, from another thread.</param>
    /// <param name="cancellation">Kills the process.</param>
    /// <returns>What went wrong, or null.</returns>
    public async Task<string?> RunAsync(TrainingConfiguration configuration, string folder, Action<RunProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        string file = folder + ".yaml";
        AtomicFile.Write(file, ConfigurationFile.Write(configuration));
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in (IEnumerable<string>)[.. command.Skip(1), "train", "--config", file, "--out", folder, "--json", "--progress-lines", "--episodes", "0"]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"The process {command[0]} did not start.");
        // Its standard input stays open for as long as this process lives: where it ends, the training stops.
        var messages = new Queue<string>();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
            {
                if (RunProgress.FromLine(line) is { } update)
                {
                    progress(update);
                    continue;
                }
                if (messages.Count == ErrorLines) messages.Dequeue();
                messages.Enqueue(line);
            }
            await output;
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // it writes no file any more
            throw;
        }
        File.Delete(file); // the run's folder has its own copy
        if (process.ExitCode == 0) return null;
        return messages.Count > 0 ? string.Join(" ", messages) : $"The training process ended with exit code {process.ExitCode} and no message.";
    }
}
