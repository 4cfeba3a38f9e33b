using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>Looks into a class library without loading it, so that what does not fit is said before its code runs.</summary>
internal static class LibraryFile
{
    private static readonly Version Present = typeof(IEnvironment).Assembly.GetName().Version!;

    /// <summary>The assembly that a library is built against, with its version.</summary>
    public static string Ours => $"{nameof(RLSeq)}.{nameof(Environments)} {Present.ToString(3)}";

    /// <summary>Refuses what is no library, or was built against another RLSeq.Environments.</summary>
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

    private static void CheckReferences(string path, MetadataReader metadata)
    {
        string wanted = typeof(IEnvironment).Assembly.GetName().Name!;
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            if (metadata.GetString(reference.Name) != wanted) continue;
            if (reference.Version.Major == Present.Major && reference.Version.Minor == Present.Minor) return;
            string age = reference.Version > Present ? "newer" : "older";
            throw new UserInputException($"The library {path} was built against {wanted} {reference.Version.ToString(3)}, which is {age} than this program's {Present.ToString(3)}; build it against {Ours}{(age == "newer" ? ", or use a newer rlseq" : "")}.");
        }
        if (metadata.GetString(metadata.GetAssemblyDefinition().Name) == wanted) return;
        throw new UserInputException($"The library {path} holds no environment: it does not reference {wanted}.");
    }

    private static UserInputException NotOne(string path, Exception? cause) => new($"{path} is no class library of .NET.", cause ?? new BadImageFormatException());
}
