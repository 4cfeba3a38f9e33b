using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using RLSeq.Evaluation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RLSeq.Cli.Output;

/// <summary>One run's progress on standard error: a bar in a terminal, otherwise a line every few seconds.</summary>
internal static class ProgressDisplay
{
    private const double SecondsBetweenLines = 10;

    /// <summary>A console on standard error, so that standard output stays for results.</summary>
    public static IAnsiConsole Console { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

    /// <summary>Whether somebody watches a terminal that can redraw.</summary>
    public static bool IsLive => !System.Console.IsErrorRedirected && Console.Profile.Capabilities.Interactive;

    /// <summary>Shows the progress of one run while <paramref name="work"/> goes on.</summary>
    public static void Follow(string name, Action<Action<RunProgress>> work)
    {
        if (!IsLive)
        {
            long last = 0;
            work(progress =>
            {
                bool finished = progress.Steps >= progress.Total;
                if (!finished && last != 0 && Stopwatch.GetElapsedTime(last).TotalSeconds < SecondsBetweenLines) return;
                last = Stopwatch.GetTimestamp();
                System.Console.Error.WriteLine($"{progress.Steps * 100 / progress.Total,3} %  {Describe(progress)}");
            });
            return;
        }
        Bars().Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(name));
            work(progress => Show(task, Markup.Escape(name), progress));
        });
    }

    /// <summary>Bars with a free text behind them.</summary>
    public static Progress Bars() => Console.Progress().AutoRefresh(true).HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new DetailColumn());

    /// <summary>Moves a bar to where its run stands.</summary>
    public static void Show(ProgressTask task, string name, RunProgress progress)
    {
        task.Description = name;
        task.MaxValue = progress.Total;
        task.Value = progress.Steps;
        DetailColumn.Say(task, Describe(progress));
    }

    /// <summary>Writes a text behind a bar.</summary>
    public static void Say(ProgressTask task, string text) => DetailColumn.Say(task, text);

    /// <summary>Speed, time left and the current return.</summary>
    public static string Describe(RunProgress progress) => string.Create(CultureInfo.InvariantCulture,
        $"{progress.StepsPerSecond,7:N0} steps/s  {Time(progress.SecondsLeft)} left  return {(progress.ReturnMean is { } mean ? mean.ToString("0.000", CultureInfo.InvariantCulture) : "—")}");

    /// <summary>A time left, as people read it.</summary>
    public static string Time(double seconds)
    {
        const double Day = 86_400, Long = 1000 * Day;
        if (!(seconds < Long)) return double.IsNaN(seconds) ? "?" : "years";
        if (seconds >= Day) return string.Create(CultureInfo.InvariantCulture, $"{seconds / Day:0.#} days");
        return TimeSpan.FromSeconds(seconds).ToString(seconds >= 3600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A column whose text each bar brings itself.</summary>
    private sealed class DetailColumn : ProgressColumn
    {
        private static readonly ConditionalWeakTable<ProgressTask, string> Details = [];

        public static void Say(ProgressTask task, string detail) => Details.AddOrUpdate(task, detail);

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Details.TryGetValue(task, out string? detail) ? detail : "");
    }
}
