using RLSeq.Agents;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>The recorded latencies of a comparison: <c>latency/&lt;environment&gt;-&lt;memory&gt;.msgpack</c> in its folder, of the trained policies.</summary>
public static class LatencyFiles
{
    /// <summary>The folder inside a comparison's.</summary>
    public const string FolderName = "latency";

    /// <summary>Where a memory's latencies stand.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="memory">The memory's name.</param>
    /// <param name="untrained">Whether they were recorded before training, for training under the clock: see <see cref="ProfileRecorder"/>.</param>
    public static string PathOf(string folder, string environment, string memory, bool untrained = false) =>
        Path.Combine(folder, FolderName, $"{environment}-{memory}{(untrained ? "-untrained" : "")}.msgpack");

    /// <summary>Writes a profile; a crash leaves the old file or the new one.</summary>
    /// <param name="path">Where it will stand; the folder is made.</param>
    /// <param name="profile">The latencies.</param>
    public static void Write(string path, RecordedLatency profile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, LatencyProfileFile.Write(profile));
    }
}
