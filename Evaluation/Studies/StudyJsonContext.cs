using System.Text.Json;
using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>How a study keeps what it is and what became of its runs, and how its verdicts are read, generated at build time so that trimming keeps working.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(StoredStudy))]
[JsonSerializable(typeof(StudyVerdicts))]
[JsonSerializable(typeof(string))]
internal sealed partial class StudyJsonContext : JsonSerializerContext;
