using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class HtmlReplayTests
{
    [Fact]
    public void The_page_is_well_formed_and_needs_nothing_from_elsewhere()
    {
        string html = Page(out XDocument page);
        Assert.DoesNotMatch("(?i)https?:|//[a-z0-9.-]+\\.[a-z]{2,}/", html.Replace(Lantern.Hostile, "", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "onclick" or "onerror");
        Assert.Empty(page.Descendants("link"));
        Assert.Empty(page.Descendants("iframe"));
        Assert.Contains("JSON.parse", page.Descendants("script").Last().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_texts_of_an_environment_stay_text()
    {
        string html = Page(out XDocument page);
        Assert.Empty(page.Descendants("img"));
        Assert.Equal(2, page.Descendants("script").Count());
        Assert.Equal($"Replay: {Lantern.Hostile}", page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("dd"), item => item.Value == "<i>dark</i>");
        // A browser ends a script at the first such tag, wherever it stands: there are the two real ones.
        Assert.Equal(2, html.Split("</script", StringSplitOptions.None).Length - 1);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.DoesNotContain("]]>", html.Replace("//]]></script>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // In the data of the first script nothing is left that HTML could read; what it would unescape would no longer be JSON.
        const string Begin = "<script type=\"application/json\" id=\"data\">";
        string data = html[(html.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..html.IndexOf("</script>", StringComparison.Ordinal)];
        Assert.Equal(-1, data.IndexOfAny(['<', '>', '&']));
        Assert.StartsWith(Lantern.Hostile + "\n", JsonDocument.Parse(data).RootElement.GetProperty("texts")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_reaches_the_browser_as_it_is()
    {
        string html = Page(out _), script = html[(html.IndexOf("//<![CDATA[\n", StringComparison.Ordinal) + 12)..html.IndexOf("//]]></script>", StringComparison.Ordinal)];
        using var resource = new StreamReader(typeof(HtmlReplay).Assembly.GetManifestResourceStream("replay.js")!);
        Assert.Equal(resource.ReadToEnd(), script);
        // Every element that the script looks for is there.
        string[] wanted = [.. script.Split("at(\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])];
        Assert.True(wanted.Length > 10);
        Assert.All(wanted, id => Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void The_data_read_back_are_what_was_recorded()
    {
        using var lantern = new Lantern();
        Recording recording = MadePolicies.Record(lantern, 3);
        JsonElement data = Data(recording);
        Assert.Equal(20, data.GetProperty("rate").GetDouble());
        Assert.Equal(recording.Texts[1].Replace('\u001B', '\uFFFD'), data.GetProperty("texts")[1].GetString());
        for (int i = 0; i < recording.Pictures.Count; i++) Assert.Equal(recording.Pictures[i], data.GetProperty("pictures")[i].GetBytesFromBase64());
        for (int e = 0; e < 3; e++)
        {
            RecordedEpisode episode = recording.Episodes[e];
            JsonElement read = data.GetProperty("episodes")[e];
            Assert.Equal(episode.Seed.ToString(CultureInfo.InvariantCulture), read.GetProperty("seed").GetString());
            Assert.Equal((episode.Length, episode.Return), (read.GetProperty("length").GetInt32(), read.GetProperty("return").GetDouble()));
            Assert.Equal(episode.Frames.Select(frame => frame.Observation), Rows(read, "observation"));
            Assert.Equal(episode.Frames.Select(frame => frame.FullState), Rows(read, "fullState"));
            Assert.Equal(episode.Frames.SkipLast(1).Select(frame => frame.Action), Rows(read, "action"));
            Assert.Equal(episode.Frames.SkipLast(1).Select(frame => frame.Meaning), Rows(read, "meaning"));
            Assert.Equal(episode.Frames.SkipLast(1).Select(frame => frame.Value), Numbers(read.GetProperty("value")));
            Assert.Equal(episode.Frames.SkipLast(1).Select(frame => frame.Reward), Numbers(read.GetProperty("reward")));
            Assert.Equal(episode.Frames.SkipLast(1).Select(frame => (float)frame.LatencyMicroseconds), Numbers(read.GetProperty("latency")));
            Assert.Equal(episode.Frames.Select(frame => (float)frame.Text), Numbers(read.GetProperty("text")));
            Assert.Equal(episode.Frames.Select(frame => (float)frame.Picture), Numbers(read.GetProperty("picture")));
            Assert.Equal(episode.Frames.Select(frame => frame.ObservationPictures.Select(place => (float)place)), Rows(read, "observationPictures"));
        }
    }

    [Fact]
    public void The_parts_of_observations_and_actions_are_described()
    {
        using var lantern = new Lantern();
        JsonElement data = Data(MadePolicies.Record(lantern, 1));
        Assert.Equal(["picture", "box", "choice"], data.GetProperty("observation").EnumerateArray().Select(part => part.GetProperty("kind").GetString()));
        Assert.Equal((-2, 4), (data.GetProperty("action")[1].GetProperty("low").GetInt32(), data.GetProperty("action")[1].GetProperty("high").GetInt32()));
        Assert.Equal(3, data.GetProperty("action")[0].GetProperty("counts")[0].GetInt32());
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_bounds_that_are_none_become_null()
    {
        using IEnvironment environment = new Unbounded();
        var player = new EpisodePlayer(environment, null, new WatchSettings());
        Recording recording = EpisodeRecorder.Record(player, 1, RecordingInfo.Of(player, "Unbounded"));
        JsonElement data = Data(recording);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("observation")[0].GetProperty("high").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("episodes")[0].GetProperty("observation")[1][0].ValueKind);
        Assert.False(data.GetProperty("policy").GetBoolean());
    }

    [Fact]
    public void An_empty_recording_is_refused()
    {
        using var lantern = new Lantern();
        Recording recording = MadePolicies.Record(lantern, 1);
        Assert.Throws<ArgumentException>(() => HtmlReplay.ToHtml(recording with { Episodes = [] }));
    }

    private static string Page(out XDocument page)
    {
        using var lantern = new Lantern();
        string html = HtmlReplay.ToHtml(MadePolicies.Record(lantern, 2));
        page = XDocument.Parse(html);
        return html;
    }

    private static JsonElement Data(Recording recording) =>
        JsonDocument.Parse(XDocument.Parse(HtmlReplay.ToHtml(recording)).Descendants("script").First().Value).RootElement;

    private static IEnumerable<float> Numbers(JsonElement column) => column.EnumerateArray().Select(value => value.GetSingle());

    private static IEnumerable<IEnumerable<float>> Rows(JsonElement episode, string name) => episode.GetProperty(name).EnumerateArray().Select(Numbers);

    /// <summary>Observes an infinity after its first step.</summary>
    private sealed class Unbounded() : EnvironmentBase(Space.Box(float.NegativeInfinity, float.PositiveInfinity, 1), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = float.PositiveInfinity;
            return new(0, Terminated: true, Truncated: false);
        }
    }
}
