using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Terminal;

/// <summary>What a player shows as lines for a terminal: the true state, what the agent saw, its choice, value and latency, and the return so far.</summary>
public sealed class TextFrame
{
    private const int BarWidth = 16, MostChoices = 8, MostNumbers = 12;

    private readonly EpisodePlayer _player;
    private readonly bool _drawsPicture;
    private readonly IImageRenderable? _image;
    private readonly ITextRenderable? _text;
    private readonly Picture? _picture;
    private readonly SpaceView _observations;

    /// <summary>Makes what draws frames of a player.</summary>
    /// <param name="player">The player.</param>
    /// <param name="pixels">Whether to draw pictures even where the environment draws itself as text.</param>
    /// <param name="colours">Whether the terminal shows colours; without them there are no pictures.</param>
    public TextFrame(EpisodePlayer player, bool pixels, bool colours)
    {
        _player = player;
        _image = player.Environment.Ability<IImageRenderable>();
        _text = player.Environment.Ability<ITextRenderable>();
        _observations = new SpaceView(player.Environment.ObservationSpace);
        _drawsPicture = colours && (pixels || _text is null);
        if (_image is not null) _picture = new Picture(_image.ImageWidth, _image.ImageHeight, new byte[checked(_image.ImageWidth * _image.ImageHeight * 3)]);
    }

    /// <summary>Draws what the player shows now.</summary>
    /// <param name="columns">The letters of a line.</param>
    /// <param name="rows">The lines that a picture may take.</param>
    /// <returns>The lines, without control characters but those that colour pictures; text may be longer than a line.</returns>
    public IReadOnlyList<string> Draw(int columns, int rows)
    {
        var lines = new List<string>();
        bool picture = _drawsPicture && _picture is not null;
        if (picture)
        {
            _image!.RenderImage(_picture!.Pixels);
            lines.AddRange(HalfBlocks.Draw(_picture, columns, rows));
        }
        else if (_text is not null)
        {
            using var written = new StringWriter { NewLine = "\n" };
            _text.Render(written);
            lines.AddRange(Lines(written.ToString().TrimEnd()));
        }
        else if (_drawsPicture)
        {
            _observations.Draw(_player.Observation);
            if (_observations.Parts.Select(part => part.Picture).FirstOrDefault(drawn => drawn is not null) is { } seen) lines.AddRange(HalfBlocks.Draw(seen, columns, rows));
        }
        lines.Add("");
        lines.Add("saw     " + Observation());
        lines.AddRange(Choice());
        lines.Add(Text($"step {_player.Step}   reward {_player.Reward:0.####}   return {_player.Return:0.####}{Judgement()}"));
        if (_player.End != EpisodeEnd.None) lines.Add($"episode {_player.Episode + 1} {Ended(_player.End)}");
        return lines;
    }

    /// <summary>A share as a bar of a given width, in eighths of a letter.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="width">The letters of a full bar.</param>
    public static string Bar(double share, int width)
    {
        int eighths = (int)Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * width * 8);
        string bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? "▏▎▍▌▋▊▉"[(eighths % 8) - 1].ToString() : "");
        return bar.PadRight(width);
    }

    /// <summary>How an episode ended, to stand after its number.</summary>
    /// <param name="end">The end.</param>
    public static string Ended(EpisodeEnd end) => end switch
    {
        EpisodeEnd.Terminated => "terminated",
        EpisodeEnd.Truncated => "was truncated",
        EpisodeEnd.StepLimit => "came to the limit of steps",
        EpisodeEnd.Failed => "failed",
        _ => "was broken off",
    };

    /// <summary>Text in lines, without what would steer the terminal.</summary>
    /// <param name="text">Any text, such as what an environment drew.</param>
    internal static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Replace("\t", "    ").Split('\n').Select(line => string.Concat(line.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)));

    private string Observation()
    {
        float[] numbers = _observations.NumbersOf(_player.Observation);
        var shown = numbers.Take(MostNumbers).Select(Number).ToList();
        if (numbers.Length > MostNumbers) shown.Add($"… {numbers.Length} numbers");
        shown.AddRange(_observations.Parts.Select(part => part.Picture).OfType<Picture>().Select(picture => $"a picture of {picture.Width} × {picture.Height} pixels"));
        return string.Join("  ", shown);
    }

    private IEnumerable<string> Choice()
    {
        if (!_player.HasDecided) yield break;
        int at = 0, component = 0;
        bool single = _player.Environment.ActionSpace.Size == 1;
        foreach (Space part in _player.Environment.ActionSpace.Parts)
        {
            int[] counts = part switch { DiscreteSpace discrete => [discrete.Count], MultiDiscreteSpace multi => [.. multi.Counts], _ => [] };
            if (counts.Length == 0)
            {
                for (int i = 0; i < part.Size; i++, component++) yield return Name(component, single) + Number(_player.Action[component]) + Normal(at + i, at + part.Size + i);
                at += 2 * part.Size;
            }
            foreach (int count in counts)
            {
                int chosen = (int)_player.Action[component];
                yield return Name(component++, single) + chosen.ToString(CultureInfo.InvariantCulture);
                if (_player.Meaning.Length > 0)
                    foreach (string line in Bars(_player.Meaning.Slice(at, count).ToArray(), chosen)) yield return line;
                at += count;
            }
        }
    }

    private static IEnumerable<string> Bars(float[] probabilities, int chosen)
    {
        // Of many choices the likeliest, and the chosen one in any case, in their own order.
        IEnumerable<int> shown = Enumerable.Range(0, probabilities.Length);
        if (probabilities.Length > MostChoices)
            shown = shown.OrderByDescending(i => i == chosen).ThenByDescending(i => probabilities[i]).Take(MostChoices).Order();
        return shown.Select(i => Text($"{i,6}  {Bar(probabilities[i], BarWidth)} {probabilities[i]:0.000}{(i == chosen ? " ◀" : "")}"));
    }

    private string Normal(int mean, int deviation) => _player.Meaning.Length == 0 ? "" : Text($"   mean {Number(_player.Meaning[mean])} ± {Number(_player.Meaning[deviation])}");

    private string Judgement() => double.IsNaN(_player.LatencyMicroseconds) ? ""
        : Text($"   value {Number(_player.Value)}   {Figures.Latency(_player.LatencyMicroseconds)}{(_player.IsWarmup ? " (warm-up)" : "")}");

    private static string Name(int component, bool single) => single ? "action  " : Text($"action {component}  ");

    private static string Number(float value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
