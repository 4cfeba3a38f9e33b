using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>
/// Examines a memory of one's own for the mistakes that make its results wrong without a word, and says how to mend each: whether a sequence
/// may be cut anywhere, episodes and rows keep apart, gradients are those of the output, and what acts is what learns.
/// </summary>
public static class MemoryChecker
{
    /// <summary>Small, and none of them a whole number of vectors. Gradients are compared number by number.</summary>
    private static MemorySettings Sizes(string name) => new(name, Hidden: 12, Layers: 2, Heads: 2, Context: 5, FeedForward: 20);

    /// <summary>Examines a memory of the registry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">As below.</param>
    /// <exception cref="UserInputException">The name is unknown.</exception>
    public static IReadOnlyList<Finding> Check(string name, ulong seed = 1) => Check(MemoryRegistry.Find(name), seed);

    /// <summary>Examines a memory, registered or not, at a width of 12 with 2 layers, 2 heads, a context of 5 and a feed-forward width of 20.</summary>
    /// <param name="entry">How it is made, and packed for the acting engine.</param>
    /// <param name="seed">Decides weights, inputs and where episodes begin. libtorch's own generator is seeded with it too.</param>
    /// <returns>What was found; empty where all is well. The same every time for the same memory and seed.</returns>
    public static IReadOnlyList<Finding> Check(MemoryEntry entry, ulong seed = 1)
    {
        var findings = new List<Finding>();
        manual_seed((long)(seed >> 1));
        MemoryCheckSubject subject;
        try
        {
            subject = new MemoryCheckSubject(entry, Sizes(entry.Name), seed, findings);
        }
        catch (Exception exception)
        {
            return [new Finding("made", FindingSeverity.Error, $"{exception.GetType().Name} in its constructor: {exception.Message}", "A memory must be made of any sizes that its settings allow.")];
        }
        using (subject)
        {
            MemoryContractChecks.Names(subject);
            Guard(findings, MemoryContractChecks.Shape, "Forward", "It must take inputs [T, B, D] of any T and B, and a state of B rows.", () => MemoryContractChecks.Shapes(subject));
            if (findings.Count > 0) return findings; // the rest would say the same again
            Guard(findings, MemorySequenceChecks.Cut, "Forward", "It must take sequences of any length.", () => MemorySequenceChecks.CutAnywhere(subject));
            Guard(findings, MemorySequenceChecks.Gradient, "backward", "What Forward computes must be differentiable, and its state detached.", () => MemorySequenceChecks.StopAtCuts(subject));
            Guard(findings, MemorySequenceChecks.Starts, "Forward", "It must take starts at any step, in every row another.", () => MemorySequenceChecks.StartAnew(subject));
            Guard(findings, MemorySequenceChecks.Rows, "Forward", "It must take any number of rows.", () => MemorySequenceChecks.RowsApart(subject));
            Guard(findings, MemoryGradientChecks.Name, "Forward in float64", "Make constants of the input's type (input.dtype), so that gradients can be compared with finite differences.", () => MemoryGradientChecks.Differences(subject));
            if (!Guard(findings, MemoryActingChecks.Export, "Export, Pack or CreateKernel", "Export must write every setting and weight that the kernel reads, and nothing else.", () => subject.Kernel(1))) return findings;
            Guard(findings, MemoryActingChecks.Layout, "the kernel", "Both sides must have the same layout.", () => MemoryActingChecks.Layouts(subject));
            if (findings.Exists(finding => finding.Check == MemoryActingChecks.Layout)) return findings;
            Guard(findings, MemoryActingChecks.Parity, "Step", "A kernel must step any of its rows, in any order.", () => MemoryActingChecks.ActsAsItLearns(subject));
            Guard(findings, MemoryActingChecks.Moving, "Save or Load", "States must move between learning and acting.", () => MemoryActingChecks.StatesMove(subject));
            Guard(findings, MemoryActingChecks.Rows, "Step", "A kernel must step any of its rows, in any order.", () => MemoryActingChecks.RowsApart(subject));
            Guard(findings, MemoryActingChecks.Peeking, "Peek", "It must work wherever Step does.", () => MemoryActingChecks.PeekKeeps(subject));
            Guard(findings, MemoryActingChecks.Swapping, "Swap", "It must take weights of the same sizes at any time.", () => MemoryActingChecks.TakesNewWeights(subject));
            Guard(findings, MemoryActingChecks.Damage, "Load", "It must refuse what is no state with an ArgumentException, and change nothing.", () => MemoryActingChecks.RefusesDamage(subject));
            Guard(findings, MemoryActingChecks.Allocation, "Step", "It must not allocate.", () => MemoryActingChecks.AllocatesNothing(subject));
            Guard(findings, MemoryActingChecks.Costs, "OperationsPerStep or BytesPerStep", "They must answer for every position from 0.", () => MemoryActingChecks.StatesCosts(subject));
        }
        return findings;
    }

    /// <summary>Makes a check, and makes a finding of what it throws. Says whether nothing was thrown.</summary>
    private static bool Guard(List<Finding> findings, string name, string member, string remedy, Action check)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            check();
            return true;
        }
        catch (Exception exception)
        {
            findings.Add(new Finding(name, FindingSeverity.Error, $"{exception.GetType().Name} in {member}: {exception.Message}", remedy));
            return false;
        }
    }
}
