namespace RLSeq.Environments;

/// <summary>An optional ability of an environment: drawing its present state as an image, the hidden part of the state included.</summary>
public interface IImageRenderable
{
    /// <summary>The width of the image in pixels; the same for the life of the environment.</summary>
    int ImageWidth { get; }

    /// <summary>The height of the image in pixels; the same for the life of the environment.</summary>
    int ImageHeight { get; }

    /// <summary>Draws the present state. The state does not change, and nothing is drawn from its random generator.</summary>
    /// <param name="pixels">Receives red, green and blue of each pixel, row by row from the top left: <c>[ImageHeight, ImageWidth, 3]</c> bytes.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    void RenderImage(Span<byte> pixels);
}
