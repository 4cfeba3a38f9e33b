using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>Looks into a class library without loading it, so that what does not fit is said before its code runs.</summary>
internal static class LibraryFile
{
    private static readonly Version Present = typeof(IEnvironment).Assembly.GetName().Version!;

    /// <summary>What a library is built against, with its version.</summary>
    public static string Ours => $"{nameof(RLSeq)} {Present.ToString(3)}";

    /// <summary>Refuses what is no library, or was built against another version of RLSeq.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserInputException">It cannot be used.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path)) throw new UserInputException($"The library {path} is a folder; name the .dll file in it.");
        if (!File.Exists(path)) throw new UserInputException($"There is no library {path}.");
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var file = new PEReader(stream);
            if (!file.HasMetadata) throw NotOne(path, null);
            MetadataReader metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) throw NotOne(path, null);
            CheckReferences(path, metadata);
        }
        catch (BadImageFormatException exception)
        {
            throw NotOne(path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The library {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>RLSeq's assemblies have one version among them, so each one that is referenced says what the library was built against.</summary>
    private static void CheckReferences(string path, MetadataReader metadata)
    {
        bool any = IsOurs(metadata.GetString(metadata.GetAssemblyDefinition().Name));
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            string name = metadata.GetString(reference.Name);
            if (!IsOurs(name)) continue;
            any = true;
            if (reference.Version.Major == Present.Major && reference.Version.Minor == Present.Minor) continue;
            string age = reference.Version > Present ? "newer" : "older";
            throw new UserInputException($"The library {path} was built against {name} {reference.Version.ToString(3)}, which is {age} than this program's {Present.ToString(3)}; build it against {Ours}{(age == "newer" ? ", or use a newer rlseq" : "")}.");
        }
        if (!any) throw new UserInputException($"The library {path} holds no environment and no memory: it references none of RLSeq's assemblies.");
    }

    private static bool IsOurs(string name) => name.StartsWith($"{nameof(RLSeq)}.", StringComparison.Ordinal);

    private static UserInputException NotOne(string path, Exception? cause) => new($"{path} is no class library of .NET.", cause ?? new BadImageFormatException());
}
