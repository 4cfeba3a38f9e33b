using System.CommandLine;
using RLSeq.Cli.Output;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary><c>rlseq bench train</c>: training by phase, beside its floor.</summary>
internal static class BenchTrainCommand
{
    public static ExampleCommand Create()
    {
        BenchCommand.Sizes sizes = new();
        Option<string?> environment = new("--env") { Description = "The environment.", HelpName = "E" };
        Option<string?> environments = new("--envs") { Description = "Environments side by side, N.", HelpName = "N" };
        Option<string?> steps = new("--steps") { Description = "Steps per rollout, T.", HelpName = "T" };
        Option<string?> epochs = new("--epochs") { Description = "Passes over each rollout.", HelpName = "E" };
        Option<string?> minibatches = new("--minibatches") { Description = "Minibatches per pass.", HelpName = "B" };
        Option<string?> threads = new("--threads") { Description = "Threads, of libtorch and of collecting.", HelpName = "K" };
        Option<string[]> set = CommonOptions.Set();
        Option<string?> device = CommonOptions.Device(), acting = CommonOptions.Acting();
        Option<int> updates = CommonOptions.Whole("--updates", "Updates to time.", "N", 1, 10, high: 1_000_000);
        Option<int> turns = CommonOptions.Whole("--versus-torch", "Compares with plain PyTorch (bench/torch_ppo_lstm.py) in N turns and gives medians; 0 for no comparison.", "N", 0, 0, high: 1000);
        Option<string?> versus = new("--versus") { Description = "Compares with another memory at the same sizes, in turns.", HelpName = "M" };
        Option<int> pairs = CommonOptions.Whole("--turns", "Turns of --versus.", "N", 1, 5, high: 1000);
        Option<bool> json = CommonOptions.Json();
        var command = new ExampleCommand("train", "Times training by phase; with --versus-torch in turns with plain PyTorch, with --versus in turns with another memory.", "rlseq bench train --memory lstm --envs 16 --steps 128 --hidden 128 --epochs 4 --minibatches 4 --threads 2 --json")
        {
            environment, environments, steps, epochs, minibatches, threads, device, acting, set, updates, turns, versus, pairs, json,
        };
        sizes.AddTo(command);
        command.SetAction(parsed =>
        {
            TrainingConfiguration configuration = sizes.Read(parsed, parsed.GetValue(set) ?? [],
                ("environment", parsed.GetValue(environment) ?? "PositionOnlyCartPoleEasy"), ("ppo.environments", parsed.GetValue(environments)), ("ppo.rollout", parsed.GetValue(steps)),
                ("ppo.epochs", parsed.GetValue(epochs)), ("ppo.minibatches", parsed.GetValue(minibatches)), ("threads", parsed.GetValue(threads)),
                ("collect_threads", parsed.GetValue(threads)), ("device", parsed.GetValue(device)), ("acting", parsed.GetValue(acting)));
            TrainBenchmark result;
            TrainComparison? comparison = null;
            MemoryComparison? memories = null;
            string? other = parsed.GetValue(versus);
            if (other is not null)
            {
                if (parsed.GetValue(turns) > 0) throw new UserInputException("--versus and --versus-torch are two comparisons; ask for one of them.");
                memories = MemoryComparison.Run(configuration, other, parsed.GetValue(updates), parsed.GetValue(pairs), (one, two) => Console.Error.WriteLine(TrainBenchmarkOutput.Turn(configuration.Memory.Name, one, other, two)));
                result = memories.Middle;
            }
            else if (parsed.GetValue(turns) > 0)
            {
                comparison = TrainComparison.Run(configuration, parsed.GetValue(updates), parsed.GetValue(turns), turn => Console.Error.WriteLine(TrainBenchmarkOutput.Text(turn)));
                result = comparison.Middle.Ours;
            }
            else
            {
                result = TrainBenchmark.Run(configuration, parsed.GetValue(updates));
            }
            Console.Error.WriteLine(TrainBenchmarkOutput.Text(configuration.Memory.Name, result));
            if (comparison is not null) Console.Error.WriteLine(TrainBenchmarkOutput.Text(comparison));
            if (memories is not null) Console.Error.WriteLine(TrainBenchmarkOutput.Text(configuration.Memory.Name, other!, memories));
            if (parsed.GetValue(json)) JsonLine.Write(TrainBenchmarkOutput.Json(configuration.Memory.Name, result, comparison, memories));
        });
        return command;
    }
}
