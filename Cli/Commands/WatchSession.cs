using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Evaluation.Terminal;

namespace RLSeq.Cli.Commands;

/// <summary>Plays episodes, shows them and records them. The first Ctrl-C ends it between two steps; what was recorded is written, also where something fails.</summary>
internal sealed class WatchSession(EpisodePlayer player, CallWatch watch, RecordingInfo info, int episodes)
{
    private readonly List<(double Return, int Length, EpisodeEnd End)> _played = [];

    /// <summary>Where the recording goes, if anywhere.</summary>
    public string? File { get; init; }

    /// <summary>How episodes are shown; null for not at all.</summary>
    public WatchView? Show { get; init; }

    /// <summary>Plays.</summary>
    /// <param name="json">Whether to write the result as JSON.</param>
    /// <returns>The exit code.</returns>
    public int Run(bool json)
    {
        using var stop = new StopSignals();
        EpisodeRecorder? recorder = File is null ? null : new EpisodeRecorder(player);
        try
        {
            Play(recorder, stop.Token);
        }
        catch (Exception exception) when (recorder is not null)
        {
            recorder.BreakOff(exception.Message);
            WriteBesideFailure(recorder);
            throw;
        }
        if (recorder is not null) Write(recorder);
        WatchOutput.Print(_played, player.Latency);
        if (json) JsonLine.Write(WatchOutput.Json(info.Environment, _played, player.Latency, player.Agent?.Layout.Bytes, File));
        return stop.ExitCode;
    }

    private void Play(EpisodeRecorder? recorder, CancellationToken stopped)
    {
        // Owned here and not by whoever plays, who never returns from an environment that hangs.
        using WatchScreen? screen = Show is null ? null : new WatchScreen(Show.Output, Show.InPlace);
        watch.Run(() => Play(recorder, screen, stopped));
    }

    /// <summary>Plays on whatever thread it is called.</summary>
    /// <returns>The episodes that came to their end.</returns>
    private int Play(EpisodeRecorder? recorder, WatchScreen? screen, CancellationToken stopped)
    {
        TextFrame? frame = screen is null ? null : new TextFrame(player, Show!.Pixels, colours: screen.InPlace || Show.Pixels);
        for (int episode = 0; episode < episodes && !stopped.IsCancellationRequested; episode++)
        {
            player.Begin(episode);
            recorder?.Begin();
            while (player.End == EpisodeEnd.None && !stopped.IsCancellationRequested)
            {
                player.Decide();
                recorder?.OnDecided();
                Draw(screen, frame, stopped);
                player.Apply();
                recorder?.OnApplied();
            }
            recorder?.End();
            if (player.End == EpisodeEnd.None) continue; // broken off
            _played.Add((player.Return, player.Step, player.End));
            Draw(screen, frame, stopped);
        }
        return _played.Count;
    }

    private void Draw(WatchScreen? screen, TextFrame? frame, CancellationToken stopped)
    {
        if (screen is null || frame is null) return;
        (int columns, int rows) = screen.Size;
        string title = $"{info.Environment}   {info.Player}   episode {player.Episode + 1} of {episodes}";
        screen.Show([title, "", .. frame.Draw(columns, Math.Max(4, rows - ReservedRows))]);
        // What is not seen as it happens need not be waited for, unless a rate was asked for.
        if (screen.InPlace || Show!.Rate is not null) stopped.WaitHandle.WaitOne(TimeSpan.FromSeconds(1 / (Show!.Rate ?? info.StepsPerSecond)));
    }

    /// <summary>What stands above and below a picture, with up to eight choices.</summary>
    private const int ReservedRows = 15;

    /// <summary>What failed first is what must be reported.</summary>
    private void WriteBesideFailure(EpisodeRecorder recorder)
    {
        try
        {
            Write(recorder);
        }
        catch (UserInputException exception)
        {
            Console.Error.WriteLine(exception.Message);
        }
    }

    private void Write(EpisodeRecorder recorder)
    {
        Recording recording = recorder.Finish(info);
        if (recording.Episodes.Count == 0) return;
        try
        {
            HtmlReplay.Write(File!, recording);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"--record {File} cannot be written: {exception.Message}", exception);
        }
        Console.Error.WriteLine($"Replay: {File} ({Figures.Bytes(new FileInfo(File!).Length)}).");
        if (recording.IsFull)
            Console.Error.WriteLine($"It became as large as it may and ends in episode {recording.Episodes[^1].Number + 1}, after {recording.Episodes[^1].Frames.Count} frames; choose fewer --episodes or --max-steps.");
    }
}
