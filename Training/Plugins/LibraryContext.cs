using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace RLSeq.Training;

/// <summary>
/// Where a class library is loaded: its dependencies are the files beside it, but RLSeq's own assemblies are those of this program, since
/// an interface of another copy is another interface.
/// </summary>
[RequiresUnreferencedCode("What a class library needs may have been trimmed.")]
internal sealed class LibraryContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Whether this program's copy of an assembly is shared.</summary>
    public static bool IsShared(string? name) => name is not null && (name.StartsWith("RLSeq.", StringComparison.Ordinal) || name is "MessagePack" or "TorchSharp");

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName.Name)) return Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
