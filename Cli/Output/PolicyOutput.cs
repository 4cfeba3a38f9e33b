using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RLSeq.Agents;

namespace RLSeq.Cli.Output;

/// <summary>What a policy file holds, as words and as JSON.</summary>
internal static class PolicyOutput
{
    public static string Text(PolicyDefinition policy)
    {
        var text = new StringBuilder();
        Line("observations", policy.ObservationSpace.ToString());
        Line("actions", policy.ActionSpace.ToString());
        Line("memory", string.Join(", ", policy.Memory.Settings.Select(setting => $"{setting.Key} {setting.Value}").Prepend(policy.Memory.Kind)));
        Line("parameters", policy.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        Line("precision", policy.Precision.ToString());
        if (policy.Conversion is { } loss) Line("conversion", ConversionOutput.Text(loss));
        foreach ((string name, string value) in policy.Provenance) Line(name, value);
        return text.ToString().TrimEnd('\n');

        void Line(string name, string value) => text.Append(name.PadRight(14)).Append(value).Append('\n');
    }

    public static JsonObject Json(string path, PolicyDefinition policy)
    {
        var json = new JsonObject
        {
            ["policy"] = path,
            ["observations"] = policy.ObservationSpace.ToString(),
            ["actions"] = policy.ActionSpace.ToString(),
            ["memory"] = policy.Memory.Kind,
            ["settings"] = new JsonObject([.. policy.Memory.Settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)setting.Value))]),
            ["parameters"] = policy.Parameters,
            ["precision"] = policy.Precision.ToString(),
            ["conversion"] = null,
            ["provenance"] = new JsonObject([.. policy.Provenance.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))]),
        };
        if (policy.Conversion is not { } loss) return json;
        var conversion = new JsonObject();
        ConversionOutput.AddTo(conversion, loss);
        json["conversion"] = conversion;
        return json;
    }
}
