using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace RLSeq.Cli.Tests;

/// <summary>Runs the command line as a user does: a process with its standard streams.</summary>
internal static class Rlseq
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Sizes that train in a fraction of a second.</summary>
    public static string[] Tiny { get; } =
    [
        "--set", "network.hidden=8", "--set", "memory.layers=1", "--set", "memory.heads=2", "--set", "memory.context=8",
        "--set", "ppo.environments=4", "--set", "ppo.rollout=32", "--set", "ppo.minibatches=2", "--set", "ppo.epochs=2", "--device", "cpu",
    ];

    /// <summary>Runs a command to its end.</summary>
    public static Finished Run(params string[] arguments) => RunIn(AppContext.BaseDirectory, arguments);

    /// <summary>Runs a command in a folder.</summary>
    public static Finished RunIn(string folder, params string[] arguments)
    {
        using Running running = Start(folder, new Dictionary<string, string>(), arguments);
        return running.WaitForExit();
    }

    /// <summary>Runs a command with more environment variables.</summary>
    public static Finished RunWith(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using Running running = Start(AppContext.BaseDirectory, variables, arguments);
        return running.WaitForExit();
    }

    /// <summary>Starts a command. Signals have their usual effect, whatever the process that runs the tests ignores.</summary>
    public static Running Start(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", program = Path.Combine(AppContext.BaseDirectory, "rlseq.dll");
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", "--default-signal=TERM", dotnet, program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["CUDA_VISIBLE_DEVICES"] = ""; // what is tested here does not depend on the machine
        start.Environment.Remove("RLSEQ_TRACE");
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return new Running(Process.Start(start)!);
    }

    /// <summary>A command under way.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _output, _error;
        private readonly StringBuilder _errorSoFar = new();

        public Running(Process process)
        {
            _process = process;
            process.StandardInput.Close();
            (_output, _error) = (process.StandardOutput.ReadToEndAsync(), Collect(process.StandardError));
        }

        /// <summary>What the command has said on standard error until now.</summary>
        public string ErrorSoFar
        {
            get
            {
                lock (_errorSoFar) return _errorSoFar.ToString();
            }
        }

        public int Id => _process.Id;

        public bool HasExited => _process.HasExited;

        public Finished WaitForExit()
        {
            Assert.True(_process.WaitForExit(Longest), "The command did not end.");
            return new Finished(_process.ExitCode, _output.Result, _error.Result);
        }

        private async Task<string> Collect(StreamReader reader)
        {
            var letters = new char[4096];
            while (await reader.ReadAsync(letters) is > 0 and int count)
                lock (_errorSoFar) _errorSoFar.Append(letters, 0, count);
            return ErrorSoFar;
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }

    /// <summary>What a command left behind.</summary>
    internal sealed record Finished(int Code, string Output, string Error)
    {
        /// <summary>The result under <c>--json</c>: the one line of standard output.</summary>
        public JsonNode Json
        {
            get
            {
                Assert.True(Code == 0, $"Exit code {Code}: {Error}");
                return JsonWhateverTheCode;
            }
        }

        /// <summary>The same where the command did not end with success.</summary>
        public JsonNode JsonWhateverTheCode
        {
            get
            {
                Assert.EndsWith("\n", Output, StringComparison.Ordinal);
                Assert.Equal(1, Output.Count(c => c == '\n'));
                return JsonNode.Parse(Output)!;
            }
        }

        /// <summary>Holds the command to what bad input must lead to: status 2, one line on standard error, nothing on standard output.</summary>
        public void MustRefuse(string because)
        {
            Assert.Equal("", Output);
            Assert.True(Code == 2, $"Exit code {Code}: {Error}");
            Assert.StartsWith("rlseq: ", Error, StringComparison.Ordinal);
            Assert.EndsWith("\n", Error, StringComparison.Ordinal);
            Assert.True(Error.Count(c => c == '\n') == 1, Error);
            Assert.Contains(because, Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        }
    }
}
