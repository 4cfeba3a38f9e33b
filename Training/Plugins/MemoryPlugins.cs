using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>The memories of a class library, registered as its <see cref="IMemoryProvider"/>s give them.</summary>
internal static class MemoryPlugins
{
    /// <summary>Registers them, all or none.</summary>
    /// <param name="path">The library.</param>
    /// <param name="providers">Its providers.</param>
    /// <returns>The names.</returns>
    /// <exception cref="UserInputException">A provider cannot be made or fails, or a name is taken or impossible.</exception>
    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    public static IReadOnlyList<string> Register(string path, Type[] providers)
    {
        MemoryEntry[] entries = [.. providers.SelectMany(Entries)];
        try
        {
            MemoryRegistry.RegisterAll(entries);
        }
        catch (ArgumentException exception)
        {
            throw new UserInputException($"The library {path} has a memory that cannot be registered: {exception.Message.Split(" (Parameter ")[0]}", exception);
        }
        return [.. entries.Select(entry => entry.Name)];
    }

    [RequiresUnreferencedCode(PluginLibrary.Trimmed)]
    private static IReadOnlyList<MemoryEntry> Entries(Type provider)
    {
        object made = PluginConstructor.Invoke(provider, "class");
        try
        {
            return ((IMemoryProvider)made).Memories ?? throw new InvalidOperationException($"{nameof(IMemoryProvider.Memories)} is null.");
        }
        catch (Exception exception) when (exception is not UserInputException)
        {
            throw new UserInputException($"{provider.FullName}.{nameof(IMemoryProvider.Memories)} failed with {exception.GetType().Name}: {exception.Message}", exception);
        }
    }
}
