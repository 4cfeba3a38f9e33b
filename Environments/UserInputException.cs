namespace RLSeq.Environments;

/// <summary>
/// What the user gave cannot be used: a name that does not exist, a file that is damaged, options that exclude each other. The message
/// is one line that says what was given, what was expected and how to mend it; a program shows it without a stack trace.
/// </summary>
public class UserInputException : Exception
{
    /// <summary>Makes the exception.</summary>
    public UserInputException() { }

    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">One line for the user.</param>
    public UserInputException(string message) : base(message) { }

    /// <summary>Makes the exception with its message and cause.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">The cause.</param>
    public UserInputException(string message, Exception innerException) : base(message, innerException) { }
}
