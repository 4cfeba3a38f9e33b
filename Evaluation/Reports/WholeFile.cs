using System.Text;

namespace RLSeq.Evaluation;

/// <summary>Writes a text file beside its target and renames it into place, so that a reader sees the old file or the new one, never half of one.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        string beside = path + ".partial";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
