using System.Globalization;
using System.Xml.Linq;
using RLSeq.Agents;
using RLSeq.Evaluation.Charts;
using RLSeq.Evaluation.Html;
using RLSeq.Training;
using static RLSeq.Evaluation.Html.Elements;

namespace RLSeq.Evaluation;

/// <summary>
/// A recording as one HTML file that plays it: the observation that the agent saw beside the true state, what it thought of its choices, value,
/// reward, return and the latency of every action. Nothing comes from a network; pictures stand in it as PNG. It reads on a phone, in the
/// dark and on paper, and is well-formed XML.
/// </summary>
public static class HtmlReplay
{
    private static readonly string[] Speeds = ["0.25", "0.5", "1", "2", "4", "16", "64"];

    /// <summary>Writes the replay, beside the target first and then renamed.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="recording">What was played; at least one episode.</param>
    public static void Write(string path, Recording recording) => AtomicFile.Write(path, ToHtml(recording));

    /// <summary>The replay's text.</summary>
    /// <param name="recording">What was played; at least one episode.</param>
    /// <exception cref="ArgumentException">The recording holds no frame.</exception>
    public static string ToHtml(Recording recording)
    {
        if (recording.Episodes.Count == 0 || recording.Episodes.Any(episode => episode.Frames.Count == 0))
            throw new ArgumentException("A replay needs at least one episode, and of each at least one frame.", nameof(recording));
        XElement html = new("html",
            new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", Xml.Clean($"Replay: {recording.Info.Environment}")),
                new XElement("style", ReportStyle.Css + ReplayStyle.Css)),
            new XElement("body",
                new XElement("main", Header(recording), Player(recording), Episodes(recording), Facts(recording.Info), HowToRead()),
                new XElement("script", new XAttribute("type", "application/json"), new XAttribute("id", "data"), ReplayData.Of(recording)),
                // A comment for the script, a mark for XML: so that both read the script as it is.
                new XElement("script", "//", new XCData($"\n{Script()}//"))));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Header(Recording recording)
    {
        double[] returns = [.. recording.Episodes.Select(episode => episode.Return)];
        string mean = returns.Length == 1 ? $"return {Figures.Return(returns[0])}" : $"mean return {Figures.Return(returns.Average())}";
        return new XElement("header",
            Heading(1, $"Replay: {recording.Info.Environment}"),
            Paragraph("context", $"{recording.Info.Player} · {(returns.Length == 1 ? "1 episode" : $"{returns.Length} episodes")}, {mean}"),
            Cautions(recording));
    }

    private static XElement? Cautions(Recording recording)
    {
        string[] cautions =
        [
            .. recording.Failure is { } failure ? [$"Something failed in the middle, and what was played until then is here: {failure}"] : Array.Empty<string>(),
            .. recording.IsFull ? [Full(recording)] : Array.Empty<string>(),
        ];
        return cautions.Length == 0 ? null : Of("ul", "summary cautions", [.. cautions.Select(text => new XElement("li", new XElement("b", "Caution: "), Xml.Clean(text)))]);
    }

    private static string Full(Recording recording)
    {
        RecordedEpisode last = recording.Episodes[^1];
        return string.Create(CultureInfo.InvariantCulture, $"The recording became as large as it may and ends in episode {last.Number + 1} after {last.Frames.Count} of {last.Length + 1} frames. What was played later is not in it; choose fewer episodes or steps.");
    }

    private static XElement Player(Recording recording) => new("section",
        new XAttribute("id", "player"),
        new XAttribute("hidden", "hidden"),
        Of("div", "controls",
            Button("back", "−1", "One step back"),
            Button("play", "Play", "Play or pause"),
            Button("next", "+1", "One step on"),
            new XElement("label", "Episode ", Select("episode")),
            new XElement("label", "Speed ", Select("speed", [.. Speeds.Select(value => new XElement(
                "option", new XAttribute("value", value), value == "1" ? new XAttribute("selected", "selected") : null, value + "×"))]))),
        new XElement("input", new XAttribute("type", "range"), new XAttribute("id", "scrub"), new XAttribute("min", "0"), new XAttribute("value", "0"), new XAttribute("aria-label", "Step")),
        Identified(Of("div", "status"), "status"),
        Of("div", "panels", Panel("What the agent saw", "seen"), Panel("True state", "truth"), Panel("Its choice", "choice")),
        Of("div", "charts",
            Chart("returns", "Return so far", HasLatency(recording) ? "Return so far (thick), and the value that the policy expected (thin)." : "Return so far.", ["mean c0 line", "thin c1 line"]),
            HasLatency(recording) ? Chart("latencies", "Latency of every action", "The time of every action, on a logarithmic scale; faint: warm-up, which the percentiles leave out. They are those of all episodes.", ["thin c2 line", "faint c6 line"], "p50", "p99") : null),
        Paragraph("caption keys", "Space plays and pauses, the arrow keys step, Home and End jump; a click into a chart goes there."));

    private static bool HasLatency(Recording recording) => recording.Episodes.Any(episode => episode.Frames.Any(frame => frame.Meaning.Length > 0));

    private static XElement Panel(string title, string id) => Of("section", "panel", Heading(2, title), Identified(Of("div", null), id));

    private static XElement Button(string id, string text, string label) =>
        new("button", new XAttribute("type", "button"), new XAttribute("id", id), new XAttribute("aria-label", label), text);

    private static XElement Select(string id, params XElement[] options) => new("select", new XAttribute("id", id), options.Length == 0 ? string.Empty : options);

    private static XElement Identified(XElement element, string id)
    {
        element.SetAttributeValue("id", id);
        return element;
    }

    /// <summary>A chart's parts, which the script gives their places.</summary>
    private static XElement Chart(string id, string label, string caption, string[] lines, params string[] levels) => new("figure",
        new XElement("svg",
            new XAttribute("id", id),
            new XAttribute("class", "chart"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", label),
            levels.Select(level => Of("path", $"level {level}")),
            lines.Select(line => Of("path", line)),
            Of("path", "axis"),
            Of("path", "cursor"),
            Of("text", "tick end high"),
            Of("text", "tick end low"),
            Of("text", "tick first"),
            Of("text", "tick end last"),
            levels.Select(level => Of("text", $"note end {level}-text"))),
        Of("figcaption", "caption", Prose(caption)));

    private static XElement Episodes(Recording recording) => new("section",
        Heading(2, "Episodes"),
        new XElement("noscript", Paragraph(null, "Playing needs a browser that runs scripts; the figures below do not.")),
        Elements.Table("Episodes", ["episode", "return", "steps", "end", "p50", "p99", "seed"], recording.Episodes.Select(episode =>
        {
            var latency = new LatencyHistogram();
            foreach (RecordedFrame frame in episode.Frames)
                if (!frame.IsWarmup && double.IsFinite(frame.LatencyMicroseconds)) latency.Record((long)(frame.LatencyMicroseconds * 1e3));
            return ((XElement?)null, new[]
            {
                Whole(episode.Number + 1), Figures.Return(episode.Return), Whole(episode.Length), Terminal.TextFrame.Ended(episode.End) + (episode.IsWhole ? "" : ", recorded in part"),
                Percentile(latency, 50), Percentile(latency, 99), episode.Seed.ToString(CultureInfo.InvariantCulture),
            });
        })));

    private static XElement Facts(RecordingInfo info) => new("section",
        Heading(2, "What was played"),
        new XElement("dl", info.Facts.Select(fact => new[] { Of("dt", null, Xml.Clean(fact.Name)), Of("dd", null, Xml.Clean(fact.Value)) })));

    private static XElement HowToRead() => new("section",
        Heading(2, "How to read this"),
        Paragraph(null, "Every step shows the world before the choice: the true state, what the agent saw of it, and what it chose on that. The reward is that of the choice shown. Probabilities are those that the action was chosen by, forbidden choices at 0."),
        Paragraph(null, "The value is the discounted return that the policy expected from here on, in the units in which it learned: where rewards were normalised in training, not those of the return. The latency is the time from the observation to the action, on the machine named above, with nothing left out but drawing and the environment's own step."));

    private static string Percentile(LatencyHistogram latency, double percent) => latency.Count == 0 ? "–" : Figures.Latency(latency.Percentile(percent) / 1e3);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Script()
    {
        using Stream stream = typeof(HtmlReplay).Assembly.GetManifestResourceStream("replay.js") ?? throw new InvalidOperationException("The assembly lacks its resource replay.js.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
