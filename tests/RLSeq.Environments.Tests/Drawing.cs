namespace RLSeq.Environments.Tests;

/// <summary>What an environment draws as text.</summary>
internal static class Drawing
{
    public static string Of(ITextRenderable environment)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        environment.Render(writer);
        return writer.ToString();
    }

    /// <summary>The letters of a square board, below a line of title.</summary>
    public static char[][] Board(ITextRenderable environment) =>
        [.. Of(environment).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Replace(" ", "", StringComparison.Ordinal).ToCharArray())];
}
