using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RLSeq.Cli.Tests;

/// <summary>What a run leaves behind can be read without RLSeq, by Python's msgpack.</summary>
[Collection(TrainedRunTests.Name)]
public class PythonTests(TrainedRun run)
{
    [Fact]
    public void The_metrics_are_a_stream_of_maps()
    {
        string[] lines = Run("""
            import json, msgpack, sys
            for entry in msgpack.Unpacker(open(sys.argv[1] + "/metrics.msgpack", "rb")):
                print(json.dumps({name: value if value == value else None for name, value in entry.items()}))
            """);
        JsonArray shown = Rlseq.Run("show", run.Folder, "--json").Json["metrics"]!.AsArray();
        Assert.Equal(2, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            JsonObject entry = JsonNode.Parse(lines[i])!.AsObject();
            Assert.Equal(shown[i]!.AsObject().Select(field => field.Key), entry.Select(field => field.Key));
            Assert.All(entry, field => Assert.Equal((double?)shown[i]![field.Key], (double?)field.Value));
        }
    }

    [Fact]
    public void The_checkpoint_is_an_envelope_whose_hash_verifies()
    {
        string[] lines = Run("""
            import hashlib, msgpack, sys
            magic, version, digest, payload = msgpack.unpackb(open(sys.argv[1] + "/checkpoint.rlseq-checkpoint", "rb").read())
            print(magic, version, hashlib.sha256(payload).digest() == digest)
            configuration, updates, *rest = msgpack.unpackb(payload)
            print("memory:" in configuration, updates)
            """);
        Assert.Equal(["rlseq-checkpoint 1 True", "True 2"], lines);
    }

    private string[] Run(string script)
    {
        foreach (string python in (string[])["/usr/bin/python3", "python3"])
        {
            if (!File.Exists(python) && python.StartsWith('/')) continue;
            if (Execute(python, "import msgpack").Code != 0) continue;
            (int code, string output, string error) = Execute(python, script);
            Assert.True(code == 0, error);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        Assert.Fail("This test needs Python with msgpack. Install it: apt-get install python3-msgpack (or: pip install msgpack).");
        return [];
    }

    private (int Code, string Output, string Error) Execute(string python, string script)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, ["-c", script, run.Folder]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
