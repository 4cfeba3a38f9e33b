using System.Reflection;
using System.Runtime.InteropServices;

namespace RLSeq.LibTorch;

/// <summary>
/// Finds <c>librlseq_torch.so</c>: the file that <c>$RLSEQ_NATIVE</c> names (or a directory with it), beside the
/// application, or in <c>artifacts/native</c> of a parent directory of the application. It is linked to the libtorch that it was built
/// against, which <c>$LIBTORCH</c> may have chosen.
/// </summary>
internal static class NativeLibraryLocator
{
    internal const string Name = "rlseq_torch";
    private const string FileName = "librlseq_torch.so";

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLocator).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (!string.Equals(name, Name, StringComparison.Ordinal))
            return 0;
        CheckChosen(Environment.GetEnvironmentVariable("LIBTORCH"));
        string path = Find(Environment.GetEnvironmentVariable("RLSEQ_NATIVE"), AppContext.BaseDirectory);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                $"{path} is there but could not be loaded; usually the libtorch that it was built against has moved or changed. Build it again: 'scripts/setup.sh'. The loader says: {e.Message}", e);
        }
    }

    /// <summary>
    /// Refuses a choice of libtorch that names none. The bridge was linked when it was built, so that nothing here would read the variable,
    /// and whoever mistyped it would unknowingly compute with another libtorch.
    /// </summary>
    /// <param name="libtorch">What <c>$LIBTORCH</c> is; null or empty where nothing was chosen.</param>
    /// <exception cref="DllNotFoundException">It is not the folder of a libtorch.</exception>
    internal static void CheckChosen(string? libtorch)
    {
        if (string.IsNullOrEmpty(libtorch) || File.Exists(Path.Combine(libtorch, "lib", "libtorch_cpu.so")))
            return;
        string found = Directory.Exists(libtorch) ? "that folder has no lib/libtorch_cpu.so" : "there is no such folder";
        throw new DllNotFoundException(
            $"LIBTORCH is '{libtorch}', but must name the folder of a libtorch, or of a PyTorch package: {found}. Correct it and run 'scripts/setup.sh', which links the bridge to it, or unset it.");
    }

    /// <summary>The library's path, or an exception that says where it was looked for and how to build it.</summary>
    internal static string Find(string? explicitPath, string baseDirectory)
    {
        if (!string.IsNullOrEmpty(explicitPath))
        {
            string candidate = Directory.Exists(explicitPath) ? Path.Combine(explicitPath, FileName) : explicitPath;
            return File.Exists(candidate)
                ? candidate
                : throw new DllNotFoundException($"RLSEQ_NATIVE names '{explicitPath}', but there is no {FileName}. Correct it or unset it.");
        }

        string beside = Path.Combine(baseDirectory, FileName);
        if (File.Exists(beside))
            return beside;
        for (DirectoryInfo? directory = new(baseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "artifacts", "native", FileName);
            if (File.Exists(candidate))
                return candidate;
        }

        throw new DllNotFoundException(
            $"{FileName}, the bridge to libtorch, was not found beside the application ({baseDirectory}) nor in artifacts/native of a parent directory. Build it once: run 'scripts/setup.sh' at the root of the repository, or set RLSEQ_NATIVE to the file.");
    }
}
