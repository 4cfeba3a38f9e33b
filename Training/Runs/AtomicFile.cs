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
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            Discard(beside); // a full disk needs the room
            throw;
        }
    }

    private static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What kept it from being written is the one to tell of.
        }
    }

    /// <summary>Writes a file's text as UTF-8.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="text">What it will hold.</param>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));
}
