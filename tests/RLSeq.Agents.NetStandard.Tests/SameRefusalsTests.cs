using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Damaged and hostile policy files, some of those of <c>PolicyFileFuzzTests</c>: the build for Unity refuses what .NET 10 refuses, with the documented exception.</summary>
public sealed class SameRefusalsTests
{
    private const int Files = 150; // of each seed and kind of damage

    public static TheoryData<string> Seeds => [.. FuzzSeeds.Names];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Both_builds_refuse_the_same_files(string seed)
    {
        byte[] payload = PolicyFormat.Write(FuzzSeeds.Policy(seed));
        var mutator = new DocumentMutator(payload);
        var random = new RandomSource(11);
        Assert.Equal("", ActionTrace.Refusal(PolicyFiles.Envelope(payload)));
        int refused = 0;
        for (int i = 0; i < 2 * Files; i++)
        {
            byte[] file = PolicyFiles.Envelope(i % 2 == 0 ? ByteMutator.Mutate(payload, ref random) : mutator.Mutate(ref random));
            string here = ActionTrace.Refusal(file), there = OtherBuild.Net10.Refusal(file);
            if (here.Length > 0) refused++;
            Assert.DoesNotContain('\n', here);
            Assert.True((here.Length > 0) == (there.Length > 0), $"File {i} of '{seed}': '{here}' here, '{there}' on .NET 10.");
        }
        Assert.InRange(refused, Files, (2 * Files) - 1);
    }
}
