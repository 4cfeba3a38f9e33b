using System.Text.Json;
using System.Text.Json.Nodes;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// The folder of a comparison that is being carried out: its plan, written before anything else and never changed, its journal, and a lock
/// that keeps a second process out. What stands in it is all that going on needs.
/// </summary>
public sealed class ComparisonFolder : IDisposable
{
    /// <summary>The file that holds the plan.</summary>
    public const string PlanName = "plan.json";

    /// <summary>The version of the plan's layout.</summary>
    private const int Format = 1;

    private readonly FolderLock _lock;

    private ComparisonFolder(ComparisonPlan plan, DateTimeOffset started, FolderLock folderLock)
    {
        (Plan, Started, _lock) = (plan, started, folderLock);
        Journal = new ComparisonJournal(Path.Combine(plan.Folder, ComparisonJournal.Name));
    }

    /// <summary>What is compared.</summary>
    public ComparisonPlan Plan { get; }

    /// <summary>When it began, in UTC.</summary>
    public DateTimeOffset Started { get; }

    internal ComparisonJournal Journal { get; }

    /// <summary>Whether a folder holds a comparison that can be gone on with, finished or not.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, PlanName));

    /// <summary>Refuses a folder that cannot take a new comparison.</summary>
    /// <param name="plan">What would be compared, with its folder.</param>
    /// <exception cref="UserInputException">It holds this comparison already (the message says how to go on), another one, or something else; or it cannot be written.</exception>
    public static void Claim(ComparisonPlan plan)
    {
        if (!IsOne(plan.Folder))
        {
            RunFolder.Claim(plan.Folder);
            return;
        }
        string[] differing = Differences(plan, ReadPlan(plan.Folder));
        if (differing.Length > 0)
            throw new UserInputException($"The folder {plan.Folder} holds another comparison, which differs in {string.Join(", ", differing)}. Choose another folder with --out.");
        throw new UserInputException(File.Exists(Path.Combine(plan.Folder, ComparisonResult.FileName))
            ? $"The folder {plan.Folder} holds this comparison, finished: `rlseq show {plan.Folder}` shows it. Choose another folder with --out to repeat it."
            : $"The folder {plan.Folder} holds this comparison, unfinished; go on with: rlseq compare --resume {plan.Folder}");
    }

    /// <summary>Begins a comparison in a new or empty folder.</summary>
    /// <param name="plan">What is compared, with its folder.</param>
    /// <exception cref="UserInputException">The folder holds something, cannot be written, or is in use.</exception>
    public static ComparisonFolder Begin(ComparisonPlan plan)
    {
        Claim(plan);
        return Locked(plan.Folder, taken =>
        {
            DateTimeOffset started = DateTimeOffset.UtcNow;
            var stored = new StoredPlan(Format, started, plan);
            AtomicFile.Write(Path.Combine(plan.Folder, PlanName), JsonSerializer.Serialize(stored, ComparisonJson.Default.StoredPlan) + "\n");
            AtomicFile.Write(Path.Combine(plan.Folder, TrainingRun.ConfigurationName), ConfigurationFile.Write(plan.Training));
            return new ComparisonFolder(plan, started, taken);
        });
    }

    /// <summary>Goes on with the comparison of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="jobs">Runs at the same time, which decide nothing; null for as many as before.</param>
    /// <exception cref="UserInputException">It holds none, it is damaged or of another version, or another process is at it.</exception>
    public static ComparisonFolder Resume(string folder, int? jobs = null)
    {
        if (!IsOne(folder)) throw new UserInputException($"There is no comparison to go on with in {folder} ({PlanName} is missing).");
        return Locked(folder, taken =>
        {
            StoredPlan stored = Read(folder);
            return new ComparisonFolder(stored.Plan with { Folder = folder, Jobs = jobs ?? stored.Plan.Jobs }, stored.Started, taken);
        });
    }

    /// <summary>The plan of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UserInputException">It holds none, or it is damaged or of another version.</exception>
    public static ComparisonPlan ReadPlan(string folder) => Read(folder).Plan with { Folder = folder };

    /// <inheritdoc/>
    public void Dispose()
    {
        Journal.Dispose();
        _lock.Dispose();
    }

    private static ComparisonFolder Locked(string folder, Func<FolderLock, ComparisonFolder> open)
    {
        FolderLock taken = FolderLock.Take(folder);
        try
        {
            return open(taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private static StoredPlan Read(string folder)
    {
        string path = Path.Combine(folder, PlanName);
        try
        {
            StoredPlan? stored = JsonSerializer.Deserialize(File.ReadAllText(path), ComparisonJson.Default.StoredPlan);
            if (stored is null) throw new UserInputException($"{path} holds no plan, only the word null.");
            if (stored.Format != Format) throw new UserInputException($"{path} has format {stored.Format}, and this version of rlseq reads {Format}; go on with the version that wrote it.");
            return stored;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The plan {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The parts of a plan in which two differ; where it lies, how it is called and how many runs go side by side decide nothing.</summary>
    private static string[] Differences(ComparisonPlan one, ComparisonPlan other)
    {
        (JsonObject a, JsonObject b) = (Parts(one), Parts(other));
        return [.. a.Select(part => part.Key).Union(b.Select(part => part.Key)).Where(key => !JsonNode.DeepEquals(a[key], b[key]))];

        static JsonObject Parts(ComparisonPlan plan) =>
            JsonSerializer.SerializeToNode(plan with { Folder = "", Title = "", CommandLine = "", Jobs = 1 }, ComparisonJson.Default.ComparisonPlan)!.AsObject();
    }
}
