using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>
/// A class library that is not part of this program: its environments, which are its public classes that implement <see cref="IEnvironment"/> or
/// <see cref="IMultiAgentEnvironment"/>, and the memories of those that implement <see cref="IMemoryProvider"/>, are registered by their names.
/// </summary>
/// <remarks>
/// The library is loaded with its own dependencies, apart from those of this program, but for RLSeq's own assemblies, which both share.
/// It stays loaded. It is code: load what you trust.
/// </remarks>
public static class PluginLibrary
{
    internal const string Trimmed = "What a class library needs may have been trimmed.";
    private static readonly ConcurrentDictionary<string, PluginContents> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    /// <summary>Loads a library and registers what it holds; a second call with the same file does nothing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it added.</returns>
    /// <exception cref="UserInputException">
    /// The file is no library of .NET, was built against another version of RLSeq, holds no environment and no memory, or one whose name is taken; or
    /// this program was published trimmed.
    /// </exception>
    public static PluginContents Load(string path)
    {
        string full = Path.GetFullPath(path);
        lock (Gate)
        {
            if (Loaded.TryGetValue(full, out PluginContents? contents)) return contents;
            LibraryFile.Check(full);
            if (!ClassLibraries.AreSupported) throw ClassLibraries.Refusal(path);
            return Loaded[full] = Register(full, Types(full));
        }
    }

    [RequiresUnreferencedCode(Trimmed)]
    private static Type[] Types(string path)
    {
        try
        {
            Assembly assembly = new LibraryContext(path).LoadFromAssemblyPath(path);
            return [.. assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })];
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException or MissingMemberException)
        {
            throw new UserInputException($"The library {path} cannot be loaded: {exception.Message} Build it against {LibraryFile.Ours}, and copy what it needs beside it (EnableDynamicLoading in its project).", exception);
        }
    }

    [RequiresUnreferencedCode(Trimmed)]
    private static PluginContents Register(string path, Type[] types)
    {
        Type[] environments = [.. types.Where(EnvironmentPlugins.IsOne)], providers = [.. types.Where(typeof(IMemoryProvider).IsAssignableFrom)];
        if (environments.Length + providers.Length == 0)
            throw new UserInputException($"The library {path} holds no environment and no memory: no public class that is not abstract implements {nameof(IEnvironment)}, {nameof(IMultiAgentEnvironment)} or {nameof(IMemoryProvider)}.");
        IReadOnlyList<string> names = EnvironmentPlugins.Names(path, environments); // refuses before anything is registered, as memories do
        IReadOnlyList<string> memories = MemoryPlugins.Register(path, providers);
        EnvironmentPlugins.Register(path, environments, names);
        return new PluginContents(names, memories);
    }
}
