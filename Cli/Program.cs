using System.CommandLine;
using RLSeq.Cli.Commands;
using RLSeq.Environments;

namespace RLSeq.Cli;

/// <summary>The command <c>rlseq</c>: exits with 0, with 2 and one line for bad input, or with 1 on failure.</summary>
internal static class Program
{
    private const int Failure = 1, BadInput = 2;

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Trains agents with PPO on partially observable environments, swaps their memory with one word, and reports return and action latency together.")
        {
            CompareCommand.Create(),
            TrainCommand.Create(),
            ResumeCommand.Create(),
            EvaluateCommand.Create(),
            BenchCommand.Create(),
            EnvsCommand.Create(),
            MemoriesCommand.Create(),
            CheckEnvCommand.Create(),
            CheckDeviceCommand.Create(),
            ShowCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0) return Complain(string.Join(" ", parsed.Errors.Select(error => error.Message)) + $" See `rlseq {parsed.CommandResult.Command.Name} --help`.".Replace("rlseq rlseq", "rlseq", StringComparison.Ordinal), BadInput);
        try
        {
            using IDisposable telemetry = Telemetry.Start();
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UserInputException exception)
        {
            return Complain(exception.Message, BadInput);
        }
        catch (OperationCanceledException)
        {
            return Complain("Cancelled.", Failure);
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("RLSEQ_TRACE") is null)
        {
            return Complain($"{exception.GetType().Name}: {exception.Message} (RLSEQ_TRACE=1 shows where.)", Failure);
        }
    }

    private static int Complain(string message, int code)
    {
        Console.Error.WriteLine("rlseq: " + message.ReplaceLineEndings(" "));
        return code;
    }
}
