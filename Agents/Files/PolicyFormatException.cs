using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>A policy file or definition cannot be used: it is damaged, of another version, or its parts do not fit each other.</summary>
public sealed class PolicyFormatException : UserInputException
{
    /// <summary>Makes the exception.</summary>
    public PolicyFormatException() { }

    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">One line: what was found, what was expected.</param>
    public PolicyFormatException(string message) : base(message) { }

    /// <summary>Makes the exception with its message and cause.</summary>
    /// <param name="message">One line: what was found, what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public PolicyFormatException(string message, Exception innerException) : base(message, innerException) { }
}
