using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>
/// How a comparison is written as JSON, generated at build time so that trimming keeps working. Numbers that are not finite are allowed,
/// as the words "NaN" and "Infinity": a diverged run must not cost the whole file.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(ConfigurationJson)])]
[JsonSerializable(typeof(ComparisonResult))]
[JsonSerializable(typeof(StoredPlan))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(LatencyRecord))]
[JsonSerializable(typeof(DeadlineRecord))]
[JsonSerializable(typeof(MemoryUseRecord))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
