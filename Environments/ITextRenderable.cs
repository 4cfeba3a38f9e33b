namespace RLSeq.Environments;

/// <summary>An optional ability of an environment: drawing its present state as text.</summary>
public interface ITextRenderable
{
    /// <summary>Draws the present state as a few lines of text, the hidden part of the state included.</summary>
    /// <param name="output">Where to draw.</param>
    void Render(TextWriter output);
}
