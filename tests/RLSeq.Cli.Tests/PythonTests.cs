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

    /// <summary>The schema is docs/records.md; the figures are those of --json.</summary>
    [Theory, InlineData("simulated"), InlineData("wall")]
    public void The_record_of_an_evaluation_under_a_clock_says_what_json_says(string clock)
    {
        using var folder = new TemporaryFolder();
        JsonNode json = Rlseq.Run("evaluate", run.Folder, "--episodes", "3", "--period", "2ms", "--deadline", "1.5ms", "--on-miss", "apply-late", "--action-delay", "1", "--clock", clock,
            "--latency", "jitter:1ms:1800us", "--slow-down", "1.2", "--out", folder["record.msgpack"], "--save-latency", folder["profile.msgpack"], "--json").Json;
        string[] lines = Run($$"""
            import json, msgpack
            d = msgpack.unpackb(open("{{folder["record.msgpack"]}}", "rb").read())
            e = d["episodes"]
            p = msgpack.unpackb(open("{{folder["profile.msgpack"]}}", "rb").read())
            print(json.dumps({
                "format": d["format"], "clock": d["clock"], "policy": d["policy"]["memory"], "keys": sorted(e[0]),
                "episodes": len(e), "returns": [x["return"] for x in e] == d["returns"], "lengths": [x["length"] for x in e] == d["lengths"],
                "return_mean": sum(d["returns"]) / len(e), "steps": sum(d["lengths"]), "decisions": sum(x["decisions"] for x in e),
                "miss_rate": sum(x["misses"] for x in e) / sum(x["decisions"] for x in e), "dropped_rate": sum(x["dropped"] for x in e) / sum(d["lengths"]),
                "driven": sum(x["own"] + x["late"] + x["filled"] for x in e), "latencies": sum(c for _, c in d["latency"]),
                "positions": [[s["from"], s["to"], sum(c for _, c in s["latency"])] for s in d["positions"]],
                "jitter": d["jitter"] and sum(c for _, c in d["jitter"]["published"]), "jitter_max": max([x["jitter"]["max"] for x in e]) / 1e3 if d["jitter"] else None,
                "p99": all(x["latency"]["p50"] <= x["latency"]["p99"] <= x["latency"]["max"] <= 1.8e6 for x in e), "warmup": d["latency_warmup_actions"],
                "profile": sum(len(s["ns"]) for s in p["segments"]), "success": [x["success"] for x in e]}))
            """);
        JsonNode read = JsonNode.Parse(lines[0])!;
        Assert.Equal((2, "lstm", 3), ((int)read["format"]!, (string)read["policy"]!, (int)read["episodes"]!));
        Assert.Equal($$"""{"kind":"{{clock}}","period_ns":2000000,"deadline_ns":1500000,"action_delay":1,"on_miss":"apply-late","slow_down":1.2,"latency":"jitter:1ms:1.8ms"}""", read["clock"]!.ToJsonString());
        Assert.Equal("allocated_bytes,collections,decisions,dropped,filled,jitter,late,latency,length,misses,own,return,success", string.Join(',', read["keys"]!.AsArray().Select(key => (string)key!)));
        foreach (string field in (string[])["return_mean", "steps", "decisions", "miss_rate", "dropped_rate"]) Assert.Equal((double)json[field]!, (double)read[field]!, 1e-12);
        Assert.InRange((double)json["miss_rate"]!, 0.01, 1); // 1.2 times 1 to 1.8 ms, beside a deadline of 1.5 ms
        long decisions = (long)json["decisions"]!;
        Assert.Equal((true, true, true), ((bool)read["returns"]!, (bool)read["lengths"]!, (bool)read["p99"]!));
        Assert.Equal(((long)json["steps"]!, decisions, decisions), ((long)read["driven"]!, (long)read["latencies"]!, (long)read["profile"]!));
        Assert.Equal(decisions, read["positions"]!.AsArray().Sum(segment => (long)segment![2]!));
        Assert.Equal(["[0,1,3]", "[1,2,3]", "[2,4,6]"], read["positions"]!.AsArray().Take(3).Select(segment => segment!.ToJsonString()));
        Assert.Equal((long)json["warmup_actions"]!, (long)read["warmup"]!);
        Assert.Equal(["null", "null", "null"], read["success"]!.AsArray().Select(one => one?.ToJsonString() ?? "null"));
        if (clock == "wall")
        {
            Assert.Equal((long)json["steps"]! + 3, (long)read["jitter"]!);
            Assert.Equal((double)json["jitter_max_us"]!, (double)read["jitter_max"]!, 1e-9);
        }
        else
        {
            Assert.Equal((null, null), (read["jitter"], json["jitter_max_us"]));
        }
    }

    /// <summary>What was measured can be replayed, and then repeats itself.</summary>
    [Fact]
    public void A_saved_profile_is_replayed()
    {
        using var folder = new TemporaryFolder();
        string profile = folder["measured.msgpack"];
        _ = Rlseq.Run("evaluate", run.Folder, "--episodes", "4", "--save-latency", profile, "--json").Json;
        string[] replays = [.. Enumerable.Range(0, 2).Select(_ => Rlseq.Run("evaluate", run.Folder, "--episodes", "4", "--period", "1us", "--latency", profile, "--sample", "--json").Json)
            .Select(json => $"{json["return_mean"]} {json["misses"]} {json["dropped"]} {json["decisions"]} {json["action_p50_us"]} {json["action_p99_us"]}")];
        Assert.Equal(replays[0], replays[1]);
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
