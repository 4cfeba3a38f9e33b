using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RLSeq.Cli.Tests;

/// <summary>
/// What ships with a game: the example's game loop, published trimmed and without .NET, acts with a trained policy. How fast it is
/// depends on the machine and what else runs there, so only what its report must say of any run is checked.
/// </summary>
[Collection(TrainedRunTests.Name)]
public sealed class GameLoopTests(TrainedRun run, GameLoopTests.Published published) : IClassFixture<GameLoopTests.Published>
{
    [Fact]
    public void It_is_trimmed_without_warnings()
    {
        Assert.True(published.Code == 0, published.Log);
        Assert.Contains("no warnings", published.Log, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(published.Folder, "System.Private.Xml.dll")), "Nothing was trimmed.");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void It_acts_at_both_rates_and_reports_every_frame(int agents, bool stages)
    {
        string[] options = ["--seconds", "0.5", "--agents", agents.ToString(CultureInfo.InvariantCulture), .. stages ? ["--stages"] : Array.Empty<string>()];
        (int code, string output, string error) = Start(published.Program, [run.Policy, .. options]);
        Assert.True(code == 0, error);
        string[] lines = output.TrimEnd('\n').Split('\n');
        int perRate = stages ? 10 : 6;
        Assert.Equal(2 * perRate, lines.Length);
        foreach ((int rate, string[] report) in new[] { (60, lines[..perRate]), (1000, lines[perRate..]) })
        {
            Match frames = Numbers(report[0], $@"^{rate} Hz for 0\.5 s: {rate / 2} frames, (\d+) missed; frames began late by p50 (\S+) µs, p99 (\S+) µs, max (\S+) µs$");
            double played = (rate / 2) - Number(frames, 1);
            Assert.InRange(played, 1, rate / 2);
            Assert.True(Number(frames, 2) <= Number(frames, 3) && Number(frames, 3) <= Number(frames, 4));
            Assert.Equal(["µs", "call", .. stages ? ["encode", "memory", "heads", "sample"] : Array.Empty<string>(), "warm-up"], report[1..^2].Select(line => line.Split(' ')[0]));
            foreach (string line in report[2..^3]) Assert.Equal(played, Number(Numbers(line, @"^\S+ +(\d+) "), 1));
            Match costs = Numbers(report[^2], @"^(\d+) actions allocated 0 bytes; collections: (\d+) gen0, (\d+) gen1, (\d+) gen2$");
            Assert.Equal(played * agents, Number(costs, 1));
            Match loop = Numbers(report[^1], @"^the loop allocated (\d+) bytes in (\d+) frames, with \d+ collections; reward \S+ in (\d+) episodes$");
            Assert.Equal(played, Number(loop, 2));
            Assert.InRange(Number(loop, 1), 0, 200); // the clock; no frame allocates anything
            Assert.Equal(agents * Math.Ceiling(played / 51), Number(loop, 3)); // every episode of this task has 51 steps
        }
    }

    [Theory]
    [InlineData("--rate 120 --seconds 0.25", "120 Hz for 0.25 s: 30 frames,")]
    [InlineData("--rate 1000 --seconds 0.1", "1000 Hz for 0.1 s: 100 frames,")]
    public void It_acts_at_a_rate_that_is_asked_for(string options, string report)
    {
        (int code, string output, string error) = Start(published.Program, [run.Policy, .. options.Split(' ')]);
        Assert.True(code == 0, error);
        Assert.StartsWith(report, output, StringComparison.Ordinal);
        Assert.Equal(6, output.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("", "the policy file is missing")]
    [InlineData("missing.rlseq", "missing.rlseq")]
    [InlineData("missing.rlseq --rate fast", "cannot understand '--rate'")]
    [InlineData("missing.rlseq --agents 0", "cannot understand '--agents'")]
    public void It_says_in_one_line_what_is_wrong(string arguments, string because)
    {
        (int code, string output, string error) = Start(published.Program, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(because, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    private static Match Numbers(string line, string pattern)
    {
        Match match = Regex.Match(line, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        Assert.True(match.Success, $"'{line}' is not what {pattern} says.");
        return match;
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static (int Code, string Output, string Error) Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), $"{program} did not end.");
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The program that <c>scripts/check-trimming.sh</c> makes, once for all tests.</summary>
    public sealed class Published
    {
        public Published()
        {
            string root = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(root, "RLSeq.sln"))) root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("These tests run in the repository.");
            Folder = Path.Combine(root, "artifacts", "trimmed");
            (Code, _, Log) = Start(Path.Combine(root, "scripts", "check-trimming.sh"));
        }

        public int Code { get; }

        public string Log { get; }

        public string Folder { get; }

        public string Program => Path.Combine(Folder, "game-loop");
    }
}
