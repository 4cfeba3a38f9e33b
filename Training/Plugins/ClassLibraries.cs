using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Whether this program can load class libraries. One that was published trimmed (<c>scripts/publish.sh</c>) cannot: what a library of
/// somebody else's needs may have been left out of it.
/// </summary>
internal static class ClassLibraries
{
    private const string Switch = "RLSeq.ClassLibraries"; // named in Cli/RLSeq.Cli.csproj too, which turns it off in trimmed programs

    [FeatureSwitchDefinition(Switch)]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "Every trimmed program is published with the switch off, which makes this a constant.")]
    public static bool AreSupported => !AppContext.TryGetSwitch(Switch, out bool supported) || supported;

    public static UserInputException Refusal(string path) => new(
        $"The library {path} cannot be loaded by this program: it was published trimmed, without what other libraries may need. Use ./rlseq in a clone of the repository.");
}
