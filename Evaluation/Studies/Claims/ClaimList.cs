using RLSeq.Environments;

namespace RLSeq.Evaluation.Claims;

/// <summary>The claims of the debate, by number.</summary>
public static class ClaimList
{
    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new ModerateObservability(), new LatencyGrowth(), new ReactiveTasks(), new AbsolutePositions(), new LittleData(), new BlockStructure(),
        new LongMemory(), new RecurrentCost(), new NearDuplicates(), new Smoothing(), new EngineeredFeatures(),
    ];

    /// <summary>Some of them.</summary>
    /// <param name="numbers">Their numbers, such as <c>1,3,5</c>; empty for all.</param>
    /// <exception cref="UserInputException">A number is none, or is named twice.</exception>
    public static IReadOnlyList<Claim> Parse(string numbers)
    {
        if (numbers.Trim().Length == 0) return All;
        var chosen = new List<Claim>();
        foreach (string word in numbers.Split(',', StringSplitOptions.TrimEntries))
        {
            Claim claim = All.FirstOrDefault(claim => $"{claim.Number}" == word)
                ?? throw new UserInputException($"There is no claim '{word}'; --claims takes numbers from 1 to {All.Count}, separated by commas, such as 1,3,5.");
            if (chosen.Contains(claim)) throw new UserInputException($"The claim {word} is named twice; once is enough.");
            chosen.Add(claim);
        }
        return [.. chosen.OrderBy(claim => claim.Number)];
    }
}
