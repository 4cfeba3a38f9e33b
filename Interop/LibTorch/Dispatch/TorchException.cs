using System.Runtime.InteropServices;

namespace RLSeq.LibTorch;

/// <summary>
/// libtorch refused or failed. The message names the operator, the types and shapes of its tensor arguments, and has
/// the first line of what libtorch said. TorchSharp throws the base class.
/// </summary>
public sealed class TorchException : ExternalException
{
    /// <summary>An exception without a message.</summary>
    public TorchException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static TorchException Last(string what) => new($"{what}: {Native.Error}");

    /// <summary>Throws the native library's last error when <paramref name="status"/> is negative.</summary>
    internal static void Check(int status, string what)
    {
        if (status < 0)
            throw Last(what);
    }
}
