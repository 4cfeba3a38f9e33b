using RLSeq.Cli.Output;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>A comparison from the command line, begun or gone on with: its progress, its end, and how to go on after an interruption.</summary>
internal static class ComparisonSession
{
    public static Task<int> BeginAsync(ComparisonPlan plan, bool json)
    {
        plan = plan.Equalized();
        plan.Validate();
        ComparisonFolder.Claim(plan);
        SlowMatrixWarning.Print();
        ThreadsWarning.Print(plan.Training);
        TrainingConfiguration training = plan.Training;
        Console.Error.WriteLine($"Training {string.Join(", ", plan.Memories)} on {string.Join(", ", plan.Environments)}: {Seeds(plan)}, {plan.Runs.Count()} runs of {training.Updates * training.StepsPerUpdate:N0} steps, {plan.Jobs} at a time. Folder: {plan.Folder}");
        PrintSizes(plan);
        return FollowAsync(plan, (observer, stop) => ComparisonRunner.RunAsync(plan, new TrainingProcess(SelfCommand.Words), observer, stop), json);
    }

    /// <summary>Goes on with a comparison.</summary>
    /// <param name="folder">The comparison's folder.</param>
    /// <param name="jobs">Runs side by side, or null for as many as before.</param>
    /// <param name="json">Whether the result is printed as JSON.</param>
    public static Task<int> ResumeAsync(string folder, int? jobs, bool json)
    {
        ComparisonPlan plan = ComparisonFolder.ReadPlan(folder);
        Console.Error.WriteLine($"Going on with {string.Join(", ", plan.Memories)} on {string.Join(", ", plan.Environments)}, {Seeds(plan)}, {jobs ?? plan.Jobs} runs at a time. Folder: {folder}");
        PrintSizes(plan);
        return FollowAsync(plan, (observer, stop) => ComparisonRunner.ResumeAsync(folder, new TrainingProcess(SelfCommand.Words), observer, stop, jobs), json);
    }

    private static Task<int> FollowAsync(ComparisonPlan plan, Func<IComparisonObserver, CancellationToken, Task<ComparisonResult>> work, bool json) => LongWork.FollowAsync(
        [.. plan.Runs],
        work,
        result => new WorkEnd(
            $"{ComparisonOutput.Text(result)}\n\nReport: {Path.Combine(plan.Folder, ComparisonReport.HtmlName)}",
            Path.Combine(plan.Folder, ComparisonResult.FileName),
            result.Results.All(memory => memory.Runs.All(run => run.Status == RunStatus.Ok))),
        $"Stopped before its end, without a report; go on with: rlseq compare --resume {plan.Folder}",
        json);

    private static string Seeds(ComparisonPlan plan) => plan.Seeds.Count == 1 ? "1 seed each" : $"{plan.Seeds.Count} seeds each";

    private static void PrintSizes(ComparisonPlan plan)
    {
        foreach (PlannedSizes sizes in plan.Sizes)
            Console.Error.WriteLine($"{sizes.Memory}{(plan.Environments.Count > 1 ? $" on {sizes.Environment}" : "")}: {sizes.Sizes.Describe()}");
    }
}
