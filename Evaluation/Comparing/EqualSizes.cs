using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>The wish that memories are compared at equal sizes.</summary>
/// <param name="By">What they are to have equally much of.</param>
/// <param name="Amount">How much; null for what the first memory has at the configured sizes.</param>
public sealed record EqualSizes(EqualBy By, long? Amount = null)
{
    /// <summary>Reads <c>parameters</c>, <c>state</c>, <c>parameters=40000</c> or <c>state=4096</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="UserInputException">It is none of these.</exception>
    public static EqualSizes Parse(string text)
    {
        string[] parts = text.Split('=', 2);
        EqualBy? by = parts[0].Trim().ToUpperInvariant() switch { "PARAMETERS" => EqualBy.Parameters, "STATE" => EqualBy.State, _ => null };
        if (by is null) throw new UserInputException($"--equal takes parameters[=N] or state[=BYTES]; given: '{text}'.");
        if (parts.Length == 1) return new EqualSizes(by.Value);
        string number = parts[1].Replace("_", "", StringComparison.Ordinal);
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) && amount is >= 1 and <= 1e12 && amount == Math.Floor(amount))
            return new EqualSizes(by.Value, (long)amount);
        throw new UserInputException($"--equal {parts[0]} takes a whole number from 1 to 10¹², such as {parts[0]}=40000; given: '{text}'.");
    }
}
