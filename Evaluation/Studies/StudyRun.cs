using System.Security.Cryptography;
using System.Text;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>One training of a study, which any number of claims may look at.</summary>
/// <param name="Configuration">All that decides it.</param>
public sealed record StudyRun(TrainingConfiguration Configuration)
{
    /// <summary>Names the run, and its folder: the same for all that decides it being the same, and for nothing else.</summary>
    public string Id { get; } = IdOf(Configuration);

    /// <summary>The name of a configuration: what a person wants to see, and a fingerprint of everything.</summary>
    /// <param name="configuration">The configuration.</param>
    public static string IdOf(TrainingConfiguration configuration)
    {
        byte[] fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(ConfigurationFile.Write(configuration)));
        return $"{configuration.Environment}-{configuration.Memory.Name}-{Convert.ToHexStringLower(fingerprint, 0, 4)}-{configuration.Seed}";
    }
}
