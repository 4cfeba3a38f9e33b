using System.Text.Json.Nodes;

namespace RLSeq.Cli.Tests;

/// <summary>One run that several tests look at; whoever changes it takes a copy.</summary>
public sealed class TrainedRun : IDisposable
{
    /// <summary>Two updates and an evaluation on four episodes.</summary>
    public static string[] Arguments { get; } =
        ["train", "--env", "RepeatPreviousEasy", "--memory", "lstm", "--seed", "3", "--steps", "256", "--episodes", "4", .. Rlseq.Tiny];

    private readonly TemporaryFolder _folder = new();

    public TrainedRun() => Summary = Rlseq.Run([.. Arguments, "--out", Folder, "--json"]).Json;

    /// <summary>The run's folder.</summary>
    public string Folder => _folder["run"];

    /// <summary>The run's policy.</summary>
    public string Policy => Path.Combine(Folder, "policy.rlseq");

    /// <summary>What <c>train --json</c> said.</summary>
    public JsonNode Summary { get; }

    /// <summary>Copies the run.</summary>
    public string CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Folder)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>Tests that share the run.</summary>
[CollectionDefinition(Name)]
public sealed class TrainedRunTests : ICollectionFixture<TrainedRun>
{
    public const string Name = "trained run";
}
