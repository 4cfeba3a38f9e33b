using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RLSeq.Agents;

namespace RLSeq.Cli;

/// <summary>Exports the meter and the activities of RLSeq over OTLP when the standard environment variable names an endpoint.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    private Telemetry()
    {
        string? endpoint = Environment.GetEnvironmentVariable(Endpoint);
        if (string.IsNullOrEmpty(endpoint)) return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"Warning: {Endpoint} is '{endpoint}', which is no http address, so nothing is exported.");
            return;
        }
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("rlseq");
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(RLSeqTelemetry.Name).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(RLSeqTelemetry.Name).AddOtlpExporter().Build();
    }

    public static IDisposable Start() => new Telemetry();

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
