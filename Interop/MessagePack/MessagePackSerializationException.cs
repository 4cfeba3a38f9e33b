namespace MessagePack;

/// <summary>The data is not the MessagePack that was expected: damaged, truncated, or of another type.</summary>
public class MessagePackSerializationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public MessagePackSerializationException() { }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What was found and what was expected.</param>
    public MessagePackSerializationException(string message) : base(message) { }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What was found and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public MessagePackSerializationException(string message, Exception innerException) : base(message, innerException) { }
}
