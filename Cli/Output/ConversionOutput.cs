using System.Globalization;
using System.Text.Json.Nodes;
using RLSeq.Agents;

namespace RLSeq.Cli.Output;

/// <summary>What a conversion cost, as words and as JSON.</summary>
internal static class ConversionOutput
{
    public static string Text(ConversionLoss loss) => string.Create(
        CultureInfo.InvariantCulture, $"Over {loss.Steps:N0} steps {loss.ModeAgreement:P2} of the likeliest and {loss.SampleAgreement:P2} of the drawn actions are unchanged, KL {loss.MeanKl:0.0e+0} on average and {loss.LargestKl:0.0e+0} at most{Returns(loss)}.");

    /// <summary>Adds its fields, null where nothing was converted.</summary>
    public static void AddTo(JsonObject json, ConversionLoss? loss)
    {
        json["steps"] = loss?.Steps;
        json["mode_agreement"] = loss?.ModeAgreement;
        json["sample_agreement"] = loss?.SampleAgreement;
        json["mean_kl"] = loss?.MeanKl;
        json["largest_kl"] = loss?.LargestKl;
        json["mean_value_error"] = loss?.MeanValueError;
        json["return_before"] = loss?.ReturnBefore;
        json["return_after"] = loss?.ReturnAfter;
        json["episodes"] = loss?.Episodes;
    }

    private static string Returns(ConversionLoss loss) => loss.ReturnBefore is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; mean return {loss.ReturnBefore:0.###} before and {loss.ReturnAfter:0.###} after, over {loss.Episodes} episodes");
}
