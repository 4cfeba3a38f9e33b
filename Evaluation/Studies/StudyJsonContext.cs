using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>How a study keeps what became of a run, generated at build time so that trimming keeps working.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class StudyJsonContext : JsonSerializerContext;
