using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>Latency profiles as command lines and configurations name them.</summary>
public static class LatencyProfiles
{
    /// <summary>How profiles are written, for help and messages.</summary>
    public const string Forms = "fixed:200us, jitter:100us:300us (from, to), bursty:100us:2ms:0.01:20 (calm, burst, probability that a decision begins one, decisions it lasts), or the path of a recorded profile (.msgpack)";

    /// <summary>Reads a profile.</summary>
    /// <param name="text">One of <see cref="Forms"/>; a latency may be 0.</param>
    /// <exception cref="UserInputException">It is none of them, a number is out of its range, or the file cannot be used.</exception>
    public static LatencyProfile Parse(string text)
    {
        string[] words = text.Split(':');
        try
        {
            return words switch
            {
                ["fixed", string latency] => new FixedLatency(Latency(latency)),
                ["jitter", string low, string high] => new JitterLatency(Latency(low), Latency(high)),
                ["bursty", string calm, string burst, string probability, string length] => new BurstyLatency(Latency(calm), Latency(burst), Number(probability), Whole(length)),
                _ when text.EndsWith(".msgpack", StringComparison.OrdinalIgnoreCase) => LatencyProfileFile.Load(text),
                _ => throw Misfit(text),
            };
        }
        catch (ArgumentException exception)
        {
            throw new UserInputException($"The latency profile '{text}' cannot be used: {exception.Message.Split(" (Parameter ")[0]}", exception);
        }

        long Latency(string word) => word is "0" or "0ns" ? 0 : Duration.ParseNanoseconds(word, $"A latency in '{text}'");

        double Number(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Misfit(text);

        int Whole(string word) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : throw new UserInputException($"The latency profile '{text}' cannot be used: a burst lasts a whole number of decisions; given: {word}.");
    }

    private static UserInputException Misfit(string text) => new($"A latency profile is one of {Forms}; given: '{text}'.");
}
