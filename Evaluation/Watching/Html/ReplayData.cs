using System.Text;
using System.Text.Json;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Html;

/// <summary>
/// A recording as JSON, column by column, for the page's script. What HTML or XML could take for markup is escaped by the JSON writer, so
/// that the text can stand inside an element as it is. Numbers are as short as they can be and still be read back exactly; what is not
/// finite becomes null.
/// </summary>
internal static class ReplayData
{
    public static string Of(Recording recording)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(json, recording);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, Recording recording)
    {
        bool policy = recording.Episodes.Any(episode => episode.Frames.Any(frame => frame.Meaning.Length > 0));
        json.WriteStartObject();
        json.WriteNumber("rate", recording.Info.StepsPerSecond);
        json.WriteBoolean("policy", policy);
        Parts(json, "observation", recording.Observations);
        if (recording.FullStates is { } states) Parts(json, "fullState", states);
        Parts(json, "action", recording.Actions);
        LatencyHistogram latency = recording.Latency;
        json.WriteStartObject("latency");
        Number(json, "p50", latency.Count > 0 ? latency.Percentile(50) / 1e3 : double.NaN);
        Number(json, "p99", latency.Count > 0 ? latency.Percentile(99) / 1e3 : double.NaN);
        json.WriteEndObject();
        json.WriteStartArray("texts");
        foreach (string text in recording.Texts) json.WriteStringValue(Clean(text));
        json.WriteEndArray();
        json.WriteStartArray("pictures");
        foreach (byte[] png in recording.Pictures) json.WriteBase64StringValue(png);
        json.WriteEndArray();
        json.WriteStartArray("episodes");
        foreach (RecordedEpisode episode in recording.Episodes) Episode(json, episode);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Episode(Utf8JsonWriter json, RecordedEpisode episode)
    {
        RecordedFrame[] acted = [.. episode.Frames.Where(frame => frame.Action.Length > 0)];
        json.WriteStartObject();
        json.WriteNumber("number", episode.Number);
        json.WriteString("seed", episode.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)); // more than a script's numbers hold
        json.WriteNumber("length", episode.Length);
        Number(json, "return", episode.Return);
        json.WriteString("end", episode.IsWhole || episode.End == EpisodeEnd.Failed ? Terminal.TextFrame.Ended(episode.End) : "the recording is full");
        json.WriteNumber("warmup", acted.Count(frame => frame.IsWarmup));
        Rows(json, "observation", episode.Frames.Select(frame => frame.Observation));
        Places(json, "observationPictures", episode.Frames.Select(frame => frame.ObservationPictures));
        Rows(json, "fullState", episode.Frames.Select(frame => frame.FullState));
        Places(json, "fullStatePictures", episode.Frames.Select(frame => frame.FullStatePictures));
        Column(json, "text", episode.Frames, (writer, frame) => writer.WriteNumberValue(frame.Text));
        Column(json, "picture", episode.Frames, (writer, frame) => writer.WriteNumberValue(frame.Picture));
        Rows(json, "action", acted.Select(frame => frame.Action));
        Rows(json, "meaning", acted.Select(frame => frame.Meaning));
        Column(json, "value", acted, (writer, frame) => Number(writer, frame.Value));
        Column(json, "reward", acted, (writer, frame) => Number(writer, frame.Reward));
        Column(json, "latency", acted, (writer, frame) => Number(writer, (float)frame.LatencyMicroseconds)); // a double's digits say nothing here
        json.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter json, string name, SpaceView view)
    {
        json.WriteStartArray(name);
        foreach (SpaceView.PartView part in view.Parts)
        {
            json.WriteStartObject();
            json.WriteString("kind", part.Picture is not null ? "picture" : part.Space is BoxSpace ? "box" : "choice");
            json.WriteNumber("size", part.Space.Size);
            switch (part.Space)
            {
                case BoxSpace box:
                    Number(json, "low", box.Low);
                    Number(json, "high", box.High);
                    Integers(json, "shape", box.Shape);
                    break;
                case MultiDiscreteSpace multi:
                    Integers(json, "counts", multi.Counts);
                    break;
                case DiscreteSpace discrete:
                    Integers(json, "counts", [discrete.Count]);
                    break;
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Integers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter json, string name, IEnumerable<float[]> rows) => Column(json, name, rows, (writer, row) =>
    {
        writer.WriteStartArray();
        foreach (float value in row) Number(writer, value);
        writer.WriteEndArray();
    });

    private static void Places(Utf8JsonWriter json, string name, IEnumerable<int[]> rows) => Column(json, name, rows, (writer, row) =>
    {
        writer.WriteStartArray();
        foreach (int value in row) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    });

    private static void Column<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values) write(json, value);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void Number(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void Number(Utf8JsonWriter json, string name, float value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    /// <summary>JSON holds no lone surrogates.</summary>
    private static string Clean(string text) => Charts.Xml.Clean(text);
}
