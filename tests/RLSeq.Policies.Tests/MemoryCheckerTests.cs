using RLSeq.Environments;
using static RLSeq.Policies.Tests.MemoryFault;

namespace RLSeq.Policies.Tests;

/// <summary>The checker finds nothing in the built-in memories, and one planted fault after the other.</summary>
public sealed class MemoryCheckerTests
{
    public static TheoryData<string> Names => MemorySubject.Names;

    [Theory, MemberData(nameof(Names))]
    public void Nothing_is_found_in_what_is_built_in(string name) => Assert.Empty(MemoryChecker.Check(name));

    [Fact]
    public void A_memory_that_cannot_be_made_is_a_finding() =>
        Assert.Equal("made", Assert.Single(MemoryChecker.Check(new MemoryEntry("none-such", "Fails.", _ => throw new InvalidOperationException("No.")))).Check);

    [Fact]
    public void Memories_are_registered_all_or_none()
    {
        var entry = new MemoryEntry("registered-once", "Right.", settings => new FaultyMemory(None, settings.Hidden));
        Assert.Throws<ArgumentException>(() => MemoryRegistry.RegisterAll([entry, entry with { Name = "LSTM" }]));
        Assert.Throws<ArgumentException>(() => MemoryRegistry.RegisterAll([entry, entry]));
        Assert.Throws<ArgumentException>(() => MemoryRegistry.Register(entry with { Name = "two words" }));
        Assert.Throws<ArgumentException>(() => MemoryRegistry.Register(entry with { Name = "" }));
        Assert.Throws<UnknownNameException>(() => MemoryRegistry.Find(entry.Name));
    }

    [Theory]
    [InlineData(None)]
    [InlineData(OtherName, "name")]
    [InlineData(OtherWidth, "shape")]
    [InlineData(WrongShape, "shape")]
    [InlineData(NoEmptySequence, "shape")]
    [InlineData(Infinite, "shape")]
    [InlineData(StateOfTheFirstStep, "cut")]
    [InlineData(LeakingGradient, "gradient-at-cut")]
    [InlineData(CutGradient, "gradient")]
    [InlineData(DeafToStarts, "starts", "acting")]
    [InlineData(MeanOverRows, "starts", "rows", "acting", "state")]
    [InlineData(WrongGradient, "gradient")]
    [InlineData(Unused, "gradient")]
    [InlineData(FloatOnly, "gradient")]
    [InlineData(NotExported, "export")]
    [InlineData(OtherLayout, "layout")]
    [InlineData(OtherFormula, "acting", "state")]
    [InlineData(LosesItsState, "acting", "state", "peek")]
    [InlineData(DependsOnTheBatch, "acting-rows", "peek")]
    [InlineData(PeekKeeps, "peek")]
    [InlineData(PeekDiffers, "peek")]
    [InlineData(IgnoresSwap, "swap")]
    [InlineData(TakesNaN, "damage")]
    [InlineData(Allocates, "allocation")]
    [InlineData(NegativeCost, "cost")]
    [InlineData(FewBytes, "cost")]
    public void A_planted_fault_is_found(MemoryFault fault, params string[] checks)
    {
        var entry = new MemoryEntry(FaultyMemory.NameOf(fault), "Right but for one fault.", settings => new FaultyMemory(fault, settings.Hidden)) { Pack = (module, _) => new FaultyWeights(fault, module) };
        IReadOnlyList<Finding> findings = MemoryChecker.Check(entry);
        Assert.Equal(checks, findings.Select(finding => finding.Check).Distinct());
        Assert.Equal(fault is Unused or FloatOnly or FewBytes, findings.Any(finding => finding.Severity == FindingSeverity.Warning));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Remedy));
    }
}
