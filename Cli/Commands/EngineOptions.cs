using System.CommandLine;
using System.Globalization;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>The options of <c>rlseq bench act</c> that compare the engines.</summary>
internal sealed class EngineOptions
{
    private readonly Option<bool> _engines = new("--engines") { Description = $"Compare the managed engine with libtorch, at batch sizes {string.Join(", ", EngineBenchmark.DefaultBatches)}." };
    private readonly Option<string?> _batches = new("--batches") { Description = "Compare them at these batch sizes, separated by commas.", HelpName = "N[,N…]" };
    private readonly Option<string> _device = new("--device") { Description = "Where libtorch acts: auto, cpu or cuda.", HelpName = "auto|cpu|cuda", DefaultValueFactory = _ => "auto" };
    private readonly Option<int> _threads = CommonOptions.Whole("--threads", "Threads of libtorch; the managed engine takes one.", "K", 1, 1, high: 1024);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_engines, _batches, _device, _threads]) command.Add(option);
    }

    /// <summary>Compares the engines where that was asked for; null otherwise.</summary>
    /// <exception cref="UserInputException">An option does not fit.</exception>
    public EngineBenchmark? Run(ParseResult parsed, TrainingConfiguration configuration)
    {
        int threads = parsed.GetValue(_threads);
        string? list = parsed.GetValue(_batches);
        if (!parsed.GetValue(_engines) && list is null)
        {
            return threads == 1 ? null : throw new UserInputException($"--threads is '{threads}', but must be 1. An action takes one thread; with --engines the threads are libtorch's.");
        }
        IReadOnlyList<int> batches = list is null ? EngineBenchmark.DefaultBatches : [.. list.Split(',').Select(Batch)];
        return EngineBenchmark.Run(configuration.MemorySettings, configuration.Network.EncoderLayers, batches, TorchDevice.Resolve(parsed.GetValue(_device)!), threads);
    }

    private static int Batch(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int batch) && batch is >= 1 and <= EngineBenchmark.LargestBatch
            ? batch
            : throw new UserInputException($"--batches has '{text}', but takes whole numbers from 1 to {EngineBenchmark.LargestBatch}, separated by commas.");
}
