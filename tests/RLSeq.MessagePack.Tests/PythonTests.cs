using System.Diagnostics;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

/// <summary>Both directions against an independent implementation: Python's msgpack.</summary>
public class PythonTests
{
    [Fact]
    public void What_Python_packs_is_read_here_and_packed_to_the_same_bytes()
    {
        string[] lines = Run("pack", "");
        Assert.Equal(2 * 310, lines.Length);
        for (int i = 0; i < lines.Length; i += 2)
        {
            byte[] data = Convert.FromHexString(lines[i + 1]);
            MessagePackReader reader = new(data);
            object? value = Document.Read(ref reader);
            Assert.True(reader.End);
            Assert.Equal(lines[i], Document.Describe(value));
            Assert.Equal(lines[i + 1], Convert.ToHexStringLower(Document.Pack(value)));
        }
    }

    [Fact]
    public void What_is_packed_here_Python_unpacks()
    {
        RandomDocument random = new(seed: 9);
        object?[] values = [.. Enumerable.Range(0, 300).Select(_ => random.Next())];
        string[] described = Run("unpack", string.Concat(values.Select(value => Convert.ToHexStringLower(Document.Pack(value)) + "\n")));
        Assert.Equal(values.Select(Document.Describe), described);
    }

    /// <summary>Runs the reference with the first Python that has msgpack.</summary>
    private static string[] Run(string direction, string input)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "reference.py");
        foreach (string python in new[] { "/usr/bin/python3", "python3" })
        {
            if (Execute(python, ["-c", "import msgpack"], "").Code != 0) continue;
            (int code, string output, string error) = Execute(python, [script, direction], input);
            Assert.True(code == 0, $"{python} {script} {direction} failed: {error}");
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        Assert.Fail("This test needs Python with msgpack as the reference. Install it: apt-get install python3-msgpack (or: pip install msgpack).");
        return [];
    }

    private static (int Code, string Output, string Error) Execute(string program, string[] arguments, string input)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            return (127, "", absent.Message);
        }
    }
}
