namespace RLSeq.Environments;

/// <summary>A name that nothing is registered under.</summary>
public sealed class UnknownNameException : UserInputException
{
    /// <summary>Makes the exception.</summary>
    public UnknownNameException() { }

    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">One line for the user.</param>
    public UnknownNameException(string message) : base(message) { }

    /// <summary>Makes the exception with its message and cause.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">The cause.</param>
    public UnknownNameException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Makes the exception with the names that the user may have meant.</summary>
    /// <param name="kind">What was looked for, such as <c>environment</c>.</param>
    /// <param name="given">The name that was given.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="listCommand">The command that lists them all.</param>
    public static UnknownNameException For(string kind, string given, IEnumerable<string> known, string listCommand)
    {
        IReadOnlyList<string> nearest = NearestNames.Of(given, known);
        string suggestion = nearest.Count == 0 ? "" : $" Nearest: {string.Join(", ", nearest)}.";
        return new($"Unknown {kind} '{given}'.{suggestion} All: {listCommand}.");
    }
}
