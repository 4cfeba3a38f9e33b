using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// How values of a space are shown: arrays of bytes with two dimensions or more as pictures, everything else as numbers.
/// </summary>
public sealed class SpaceView
{
    /// <summary>Makes the view.</summary>
    /// <param name="space">The space.</param>
    public SpaceView(Space space)
    {
        int from = 0;
        var parts = new List<PartView>();
        foreach (Space part in space.Parts)
        {
            parts.Add(new PartView(part, from));
            from += part.Size;
        }
        (Parts, Numbers) = (parts, parts.Where(part => part.Picture is null).Sum(part => part.Space.Size));
    }

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<PartView> Parts { get; }

    /// <summary>The floats of a value that are shown as numbers.</summary>
    public int Numbers { get; }

    /// <summary>The numbers of a value, without what is shown as pictures.</summary>
    /// <param name="value">The value, as the space lays it out.</param>
    public float[] NumbersOf(ReadOnlySpan<float> value)
    {
        var numbers = new float[Numbers];
        int at = 0;
        foreach (PartView part in Parts)
        {
            if (part.Picture is not null) continue;
            value.Slice(part.From, part.Space.Size).CopyTo(numbers.AsSpan(at));
            at += part.Space.Size;
        }
        return numbers;
    }

    /// <summary>Draws the parts that are shown as pictures into <see cref="PartView.Picture"/>.</summary>
    /// <param name="value">The value, as the space lays it out.</param>
    public void Draw(ReadOnlySpan<float> value)
    {
        foreach (PartView part in Parts) part.Draw(value.Slice(part.From, part.Space.Size));
    }

    /// <summary>One indivisible part of a value.</summary>
    public sealed class PartView
    {
        private readonly int _frames, _width, _channels;

        internal PartView(Space space, int from)
        {
            (Space, From) = (space, from);
            if (space is not BoxSpace { Element: BoxElement.UInt8, Shape.Count: > 1 } box) return;
            // [..., height, width, 1 or 3], or [..., height, width]: frames that are stacked stand side by side.
            IReadOnlyList<int> shape = box.Shape;
            bool hasChannels = shape.Count > 2 && shape[^1] is 1 or 3;
            _channels = hasChannels ? shape[^1] : 1;
            (int height, _width) = hasChannels ? (shape[^3], shape[^2]) : (shape[^2], shape[^1]);
            _frames = box.Size / (height * _width * _channels);
            Picture = new Picture(_frames * _width, height, new byte[checked(_frames * _width * height * 3)]);
        }

        /// <summary>What the part looks like.</summary>
        public Space Space { get; }

        /// <summary>Where it begins in a value.</summary>
        public int From { get; }

        /// <summary>The picture that was drawn last; null for what is shown as numbers.</summary>
        public Picture? Picture { get; }

        internal void Draw(ReadOnlySpan<float> value)
        {
            if (Picture is null) return;
            for (int frame = 0; frame < _frames; frame++)
            {
                ReadOnlySpan<float> source = value.Slice(frame * value.Length / _frames, value.Length / _frames);
                for (int i = 0; i < Picture.Height * _width; i++)
                {
                    Span<byte> pixel = Picture.Pixels.AsSpan(((i / _width * Picture.Width) + (frame * _width) + (i % _width)) * 3, 3);
                    for (int c = 0; c < 3; c++) pixel[c] = (byte)source[(i * _channels) + (_channels == 3 ? c : 0)];
                }
            }
        }
    }
}
