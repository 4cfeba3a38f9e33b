namespace RLSeq.Training;

/// <summary>Writes files beside and renames them into place, so that a crash at any byte leaves the last good one.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file's bytes.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="bytes">What it will hold.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string beside = $"{path}.{Environment.ProcessId}.tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Writes a file's text as UTF-8.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="text">What it will hold.</param>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));
}
