using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>The same training in plain PyTorch, <c>bench/torch_ppo_lstm.py</c>, as a process of its own.</summary>
public sealed partial class TrainPeer
{
    private static readonly string Script = Path.Combine("bench", "torch_ppo_lstm.py");
    private readonly string _python, _script;

    private TrainPeer(string python, string script) => (_python, _script) = (python, script);

    /// <summary>Finds the script above the program or the working folder, and a Python that has PyTorch.</summary>
    /// <exception cref="UserInputException">One of the two is missing.</exception>
    public static TrainPeer Find()
    {
        string script = new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }.SelectMany(Above).Select(folder => Path.Combine(folder, Script)).FirstOrDefault(File.Exists)
            ?? throw new UserInputException($"{Script} was not found above {AppContext.BaseDirectory} or {Environment.CurrentDirectory}. Run the comparison in a clone of the repository.");
        string[] pythons = ["python3", "/usr/bin/python3"];
        string python = Array.Find(pythons, HasTorch)
            ?? throw new UserInputException($"None of {string.Join(", ", pythons)} can import torch and numpy, which {Script} needs. Install them, on Debian with: apt-get install python3-torch.");
        return new TrainPeer(python, script);
    }

    /// <summary>Environment steps per second, end to end, after a rollout that warms up.</summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="threads">PyTorch's threads.</param>
    /// <param name="updates">Updates to time.</param>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public double StepsPerSecond(TrainingConfiguration configuration, int threads, int updates)
    {
        PpoSettings ppo = configuration.Ppo;
        (int status, string output, string errors) = Run(_python, _script, "--envs", Text(ppo.Environments), "--steps", Text(ppo.Rollout), "--hidden", Text(configuration.Network.Hidden),
            "--epochs", Text(ppo.Epochs), "--minibatches", Text(ppo.Minibatches), "--threads", Text(threads), "--total", Text(updates * configuration.StepsPerUpdate));
        Match speed = Speed().Match(output);
        if (status != 0 || !speed.Success) throw new InvalidOperationException($"{_python} {_script} ended with {status}: {(errors.Length > 0 ? errors : output).Trim()}");
        return double.Parse(speed.Groups["speed"].Value, CultureInfo.InvariantCulture);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent) yield return at.FullName;
    }

    private static bool HasTorch(string python)
    {
        try { return Run(python, "-c", "import numpy, torch").Status == 0; }
        catch (Win32Exception) { return false; } // there is no such program
    }

    private static (int Status, string Output, string Errors) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    [GeneratedRegex(@": (?<speed>\d+) steps/s", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Speed();
}
