using System.CommandLine;
using System.Globalization;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>The options of <c>rlseq bench act</c> that compare the engines.</summary>
internal sealed class EngineOptions
{
    private const int LargestBatch = 1 << 16;
    private readonly Option<bool> _engines = new("--engines") { Description = $"Compare the managed engine with libtorch, at batch sizes {string.Join(", ", EngineBenchmark.DefaultBatches)}." };
    private readonly Option<string?> _batches = new("--batches") { Description = "Compare them at these batch sizes, separated by commas.", HelpName = "N[,N…]" };
    private readonly Option<string> _device = new("--device") { Description = "Where libtorch acts: auto, cpu or cuda.", HelpName = "auto|cpu|cuda", DefaultValueFactory = _ => "auto" };
    private readonly Option<int> _threads = CommonOptions.Whole("--threads", "Threads of libtorch; the managed engine takes one.", "K", 1, 1, high: 1024);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_engines, _batches, _device, _threads]) command.Add(option);
    }

    /// <summary>What was asked for, checked before anything is measured; null where nothing was.</summary>
    /// <exception cref="UserInputException">An option does not fit, or a batch does not fit into this machine's memory.</exception>
    public Func<EngineBenchmark>? Read(ParseResult parsed, TrainingConfiguration configuration)
    {
        int threads = parsed.GetValue(_threads);
        string? list = parsed.GetValue(_batches);
        if (!parsed.GetValue(_engines) && list is null)
            return threads == 1 ? null : throw new UserInputException($"--threads is '{threads}', but must be 1. An action takes one thread; with --engines the threads are libtorch's.");
        int[] batches = list is null ? [.. EngineBenchmark.DefaultBatches] : [.. list.Split(',').Select(Batch)];
        Device device = TorchDevice.Resolve(parsed.GetValue(_device)!);
        MemoryBudget.CheckActing(configuration, batches.Max());
        return () => EngineBenchmark.Run(configuration.MemorySettings, configuration.Network.EncoderLayers, batches, device, threads);
    }

    private static int Batch(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int batch) && batch is >= 1 and <= LargestBatch
            ? batch
            : throw new UserInputException($"--batches has '{text}', but takes whole numbers from 1 to {LargestBatch}, separated by commas.");
}
