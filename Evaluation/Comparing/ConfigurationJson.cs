using System.Text.Json;
using System.Text.Json.Serialization;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>A training configuration as a JSON object of its keys, each with the text that <c>--set</c> takes.</summary>
internal sealed class ConfigurationJson : JsonConverter<TrainingConfiguration>
{
    public override TrainingConfiguration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A configuration is an object of keys and values.");
        var configuration = new TrainingConfiguration();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString() ?? "";
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw new JsonException($"The value of {key} is no text.");
            try
            {
                configuration = configuration.With(key, reader.GetString() ?? "");
            }
            catch (UserInputException exception)
            {
                throw new JsonException(exception.Message, exception);
            }
        }
        return configuration;
    }

    public override void Write(Utf8JsonWriter writer, TrainingConfiguration value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (Setting setting in ConfigurationSchema.Settings) writer.WriteString(setting.Key, setting.Read(value));
        writer.WriteEndObject();
    }
}
