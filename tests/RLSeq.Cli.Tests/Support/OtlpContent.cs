using System.Runtime.InteropServices;

namespace RLSeq.Cli.Tests;

/// <summary>
/// What was posted, read with the field numbers of OTLP 1.x (opentelemetry-proto: metrics.proto, trace.proto, common.proto):
/// Export*ServiceRequest 1 → Resource* 2 → Scope* 2 → a metric or a span.
/// </summary>
internal static class OtlpContent
{
    /// <summary>A metric's data points, each as count and sum; of a counter the count is 1. The bounds are those of a histogram's buckets.</summary>
    public sealed record Metric(string Name, string Unit, string Kind, List<(long Count, double Sum, Dictionary<string, object> Attributes)> Points, double[] Bounds);

    /// <summary>A span.</summary>
    public sealed record Span(string Name, string Trace, string Id, string Parent, Dictionary<string, object> Attributes);

    public static List<Metric> Metrics(OtlpReceiver receiver) => [.. Requests(receiver, "/v1/metrics").SelectMany(request => request.Messages(1, 2)).SelectMany(scope =>
    {
        Assert.Equal("RLSeq", scope.Messages(1).Single().Text(1));
        return scope.Messages(2).Select(ReadMetric);
    })];

    public static List<Span> Spans(OtlpReceiver receiver) => [.. Requests(receiver, "/v1/traces").SelectMany(request => request.Messages(1, 2)).SelectMany(scope =>
    {
        Assert.Equal("RLSeq", scope.Messages(1).Single().Text(1));
        return scope.Messages(2).Select(span => new Span(span.Text(5), Convert.ToHexString(span.Bytes(1)), Convert.ToHexString(span.Bytes(2)), Convert.ToHexString(span.Bytes(4)), Attributes(span, 9)));
    })];

    private static IEnumerable<ProtobufMessage> Requests(OtlpReceiver receiver, string path) => receiver.Posts.Where(post => post.Path == path).Select(post => new ProtobufMessage(post.Body));

    private static Metric ReadMetric(ProtobufMessage metric)
    {
        (string kind, int field) = metric.Has(7) ? ("sum", 7) : metric.Has(9) ? ("histogram", 9) : metric.Has(10) ? ("exponential histogram", 10) : ("other", 5);
        return new Metric(metric.Text(1), metric.Text(3), kind, [.. metric.Messages(field, 1).Select(point => kind switch
        {
            "sum" => (1L, point.Has(6) ? point.Whole(6) : point.Real(4), Attributes(point, 7)),
            "histogram" => (point.Whole(4), point.Real(5), Attributes(point, 9)),
            _ => (point.Whole(4), point.Real(5), Attributes(point, 1)),
        })], kind == "histogram" ? MemoryMarshal.Cast<byte, double>(metric.Messages(field, 1).First().Bytes(7)).ToArray() : []);
    }

    private static Dictionary<string, object> Attributes(ProtobufMessage owner, int field) => owner.Messages(field).ToDictionary(pair => pair.Text(1), pair =>
    {
        ProtobufMessage value = pair.Messages(2).Single();
        return value.Has(1) ? value.Text(1) : value.Has(3) ? value.Whole(3) : value.Has(4) ? value.Real(4) : (object)value.Has(2);
    });
}
