using System.Diagnostics;

namespace RLSeq.Evaluation.Tests.Browser;

/// <summary>A Chromium without a window and without a network, for as long as this object lives.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _profile;

    private Chromium(Process process, string profile, Uri address) => (_process, _profile, Address) = (process, profile, address);

    /// <summary>Where it listens for DevTools.</summary>
    public Uri Address { get; }

    public static async Task<Chromium> StartAsync()
    {
        string profile = Directory.CreateTempSubdirectory("rlseq-chromium-").FullName;
        var start = new ProcessStartInfo(Find()) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])
        [
            // Its sandbox refuses root, and needs rights that containers lack; what it opens here is a file that the test wrote.
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank",
        ]) start.ArgumentList.Add(argument);

        Process process = Process.Start(start)!;
        var said = new List<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            const string Sign = "DevTools listening on ";
            if (line.Data is not { } text) address.TrySetException(new InvalidOperationException($"{start.FileName} ended before it listened. It said: {string.Join('\n', said)}"));
            else if (text.StartsWith(Sign, StringComparison.Ordinal)) address.TrySetResult(new Uri(text[Sign.Length..]));
            else said.Add(text);
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new Chromium(process, profile, await address.Task.WaitAsync(Patience));
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        for (int attempt = 0; Directory.Exists(_profile) && attempt < 20; attempt++)
        {
            // A child that is just ending may still write into its profile.
            try { Directory.Delete(_profile, recursive: true); }
            catch (IOException) { Thread.Sleep(50); } // nothing says when that child is gone; at most a second, and only to tidy up
        }
    }

    private static string Find() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         let file = Path.Combine(folder, name)
         where File.Exists(file)
         select file).FirstOrDefault()
        ?? throw new InvalidOperationException($"The report is tested in a real browser, and none of {string.Join(", ", Names)} is on the PATH. Install one with: scripts/setup.sh --test");
}
