using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>Generated at build time, so that trimming keeps working.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunProgress))]
internal sealed partial class RunProgressJson : JsonSerializerContext;
