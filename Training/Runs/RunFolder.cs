using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>The folders that runs write into.</summary>
public static class RunFolder
{
    /// <summary>Makes a folder ready for a new run.</summary>
    /// <param name="folder">The folder; made where it does not exist.</param>
    /// <exception cref="UserInputException">It cannot be written, or is not empty.</exception>
    public static void Claim(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new UserInputException($"The folder {folder} is not empty. Choose another with --out{(File.Exists(Path.Combine(folder, TrainingRun.CheckpointName)) ? $", or go on with `rlseq resume {folder}`" : "")}.");
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, ".writable");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UserInputException($"The folder {folder} cannot be written: {exception.Message}", exception);
        }
    }
}
