using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Keeps a folder to one process at a time. The system lets go of the lock however the process ends, so nothing is left to clear up
/// after a crash; the file itself says nothing.
/// </summary>
public sealed class FolderLock : IDisposable
{
    /// <summary>The locked file.</summary>
    public const string Name = ".lock";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes a folder.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <exception cref="UserInputException">Another process has it.</exception>
    public static FolderLock Take(string folder) => TryTake(folder)
        ?? throw new UserInputException($"The folder {folder} is in use: another rlseq is writing there. Wait until it has ended, or stop it.");

    /// <summary>Takes a folder if nobody has it.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <returns>The lock, or null where another process has it.</returns>
    /// <exception cref="UserInputException">It cannot be written.</exception>
    public static FolderLock? TryTake(string folder)
    {
        string path = Path.Combine(folder, Name);
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (File.Exists(path)) return new FolderLock(file);
                file.Dispose(); // whoever had it deleted the file between its opening and its locking here
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && File.Exists(path))
            {
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new UserInputException($"The folder {folder} cannot be written: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Waits until nobody has a folder.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task WaitUntilFreeAsync(string folder, CancellationToken cancellation)
    {
        while (File.Exists(Path.Combine(folder, Name)))
        {
            using (FolderLock? taken = TryTake(folder))
                if (taken is not null) return;
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => _file.Dispose();
}
