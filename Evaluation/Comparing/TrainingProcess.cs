using System.Diagnostics;
using System.Text.Json.Nodes;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Trains in a process of its own, so that a crash costs one run, and runs side by side do not share libtorch's threads.</summary>
/// <param name="command">The program and arguments that stand for <c>rlseq</c>.</param>
/// <param name="time">What it waits by; the system's clock unless given.</param>
public sealed class TrainingProcess(IReadOnlyList<string> command, TimeProvider? time = null)
{
    /// <summary>The last lines of a failed process that its error shows.</summary>
    private const int ErrorLines = 3;

    /// <summary>What a training reports to a program, without evaluating itself.</summary>
    private static readonly string[] Reporting = ["--json", "--progress-lines", "--episodes", "0"];

    /// <summary>A training that is told to stop ends after the update under way; one that has not ended by then is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Ctrl-C reaches every process of a terminal, and a request to terminate often all of a service: a training that such a signal ended
    /// may be gone before this process has heard of its own.
    /// </summary>
    private static readonly TimeSpan SharedSignal = TimeSpan.FromSeconds(2);

    /// <summary>What a process that SIGINT or SIGTERM stopped exits with.</summary>
    private const int Interrupted = 130, Terminated = 143;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Runs a training to its end.</summary>
    /// <param name="configuration">All that decides the run.</param>
    /// <param name="folder">The run's folder, new or empty.</param>
    /// <param name="progress">Called as it gets on, from another thread.</param>
    /// <param name="cancellation">Stops the process, which leaves a checkpoint if it can.</param>
    public async Task<TrainingEnd> RunAsync(TrainingConfiguration configuration, string folder, Action<RunProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        string file = folder + ".yaml";
        AtomicFile.Write(file, ConfigurationFile.Write(configuration));
        try
        {
            return await FollowAsync(["train", "--config", file, "--out", folder, .. Reporting], progress, cancellation);
        }
        finally
        {
            File.Delete(file); // the run's folder has its own copy
        }
    }

    /// <summary>Goes on with a training from its last checkpoint, to its end.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="progress">Called as it gets on, from another thread.</param>
    /// <param name="cancellation">Stops the process, which leaves a checkpoint if it can.</param>
    public Task<TrainingEnd> ResumeAsync(string folder, Action<RunProgress> progress, CancellationToken cancellation) =>
        FollowAsync(["resume", folder, .. Reporting], progress, cancellation);

    private async Task<TrainingEnd> FollowAsync(IEnumerable<string> arguments, Action<RunProgress> progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in (IEnumerable<string>)[.. command.Skip(1), .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"The process {command[0]} did not start.");
        // Its standard input stays open for as long as this process lives: where it ends, the training stops.
        using var ended = new CancellationTokenSource();
        using CancellationTokenRegistration stopping = cancellation.Register(() => _ = StopAsync(process, ended.Token));
        var messages = new Queue<string>();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // also one that stops has something to say
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (RunProgress.FromLine(line) is { } update)
            {
                progress(update);
                continue;
            }
            if (messages.Count == ErrorLines) messages.Dequeue();
            messages.Enqueue(line);
        }
        long peak = PeakMemory(await output);
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        if (process.ExitCode == 0) return new TrainingEnd(null, 0, peak);
        if (process.ExitCode is Interrupted or Terminated) await Task.Delay(SharedSignal, _time, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new TrainingEnd(Describe(process.ExitCode, string.Join(" ", messages)), process.ExitCode, peak);
    }

    private async Task StopAsync(Process process, CancellationToken ended)
    {
        try
        {
            process.StandardInput.Close();
            await Task.Delay(Grace, _time, ended);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException)
        {
            // It ended meanwhile.
        }
    }

    /// <summary>An own message says it best; a process that was ended from outside had no time for one.</summary>
    private static string Describe(int code, string messages)
    {
        string? signal = code switch
        {
            134 => "SIGABRT: it gave itself up",
            135 => "SIGBUS: it reached for memory or a file that is gone",
            136 => "SIGFPE",
            137 => "SIGKILL: it was killed from outside, as the system does where memory runs out",
            139 => "SIGSEGV: it crashed",
            Interrupted => "SIGINT: it was interrupted",
            Terminated => "SIGTERM: it was told to end",
            _ => null,
        };
        string ended = $"The training process ended with exit code {code}{(signal is null ? "" : $" ({signal})")}";
        if (messages.Length == 0) return $"{ended} and no message.";
        return signal is null ? messages : $"{ended}. Its last words: {messages}";
    }

    private static long PeakMemory(string output)
    {
        string line = output.AsSpan().TrimEnd().ToString();
        line = line[(line.LastIndexOf('\n') + 1)..];
        if (!line.StartsWith('{')) return 0;
        try
        {
            return JsonNode.Parse(line)?["peak_memory_bytes"]?.GetValue<long>() ?? 0;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            return 0; // cut off by the process's end
        }
    }
}
