using System.CommandLine;
using RLSeq.Cli.Commands;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Cli;

/// <summary>
/// The command <c>rlseq</c>: exits with 0, with 2 and one line for bad input, or with 1 on failure; a run that Ctrl-C stopped exits as
/// shells do, with 130.
/// </summary>
internal static class Program
{
    private const int Failure = 1, BadInput = 2;

    public static async Task<int> Main(string[] args)
    {
        ParseResult parsed = Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0) return Complain(ParseComplaint.Of(parsed), BadInput);
        if (ParseComplaint.OfMissingValue(parsed) is { } missing) return Complain(missing, BadInput);
        try
        {
            using IDisposable telemetry = Telemetry.Start();
            // Commands that save what they have when they are stopped listen themselves; the others may simply end.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UserInputException exception)
        {
            return Complain(exception.Message, BadInput);
        }
        catch (DivergenceException exception)
        {
            return Complain(exception.Message, Failure);
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("RLSEQ_TRACE") is null)
        {
            return Complain($"{exception.GetType().Name}: {exception.Message} (RLSEQ_TRACE=1 shows where.)", Failure);
        }
    }

    /// <summary>Parses a command line; words that begin with @ are names like any other.</summary>
    internal static ParseResult Parse(IReadOnlyList<string> args) => Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>The command with all that it can do.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("Trains agents with PPO on partially observable environments, swaps their memory with one word, and reports return and action latency together.")
        {
            CompareCommand.Create(),
            TrainCommand.Create(),
            ResumeCommand.Create(),
            EvaluateCommand.Create(),
            DiagnoseCommand.Create(),
            StudyCommand.Create(),
            WatchCommand.Create(),
            ConvertCommand.Create(),
            BenchCommand.Create(),
            EnvsCommand.Create(),
            MemoriesCommand.Create(),
            WrappersCommand.Create(),
            CheckEnvCommand.Create(), CheckMemoryCommand.Create(),
            CheckDeviceCommand.Create(),
            ShowCommand.Create(),
        };
        HelpText.Install(root);
        return root;
    }

    private static int Complain(string message, int code)
    {
        Console.Error.WriteLine("rlseq: " + message.ReplaceLineEndings(" "));
        return code;
    }
}
