using RLSeq.Evaluation.Claims;
using RLSeq.Training;

namespace RLSeq.Evaluation.Tests;

/// <summary>What a study runs, and how long that is planned to take.</summary>
public class StudyPlanTests
{
    [Fact]
    public void The_same_configuration_and_seed_are_one_run()
    {
        var twin = new MadeClaim { All = [new(ReturnMeasures.Score("a", MadeClaim.A with { Label = "another name" }), Side.Above, 0)] };
        StudyPlan plan = Plan([new MadeClaim(), twin]);
        Assert.Equal(["a", "b"], new MadeClaim().Arms(plan.Scale).Select(arm => arm.Label));
        Assert.Equal(2 * 5, plan.Runs.Count);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], plan.Runs.Select(run => (int)run.Configuration.Seed)); // seeds vary slowest
        Assert.Equal(plan.Runs.Count, plan.Runs.Select(plan.FolderOf).Distinct().Count());
    }

    [Fact]
    public void Whatever_decides_a_run_makes_it_another_one()
    {
        var configuration = new TrainingConfiguration();
        string[] ids = [.. ((TrainingConfiguration[])[configuration, configuration with { Steps = 1 }, configuration with { Seed = 2 }, configuration with { Memory = configuration.Memory with { Heads = 1 } }, configuration with { Ppo = configuration.Ppo with { Discount = 0.5 } }]).Select(StudyRun.IdOf)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], StudyRun.IdOf(configuration with { }));
    }

    [Fact]
    public void Claims_share_their_runs()
    {
        StudyPlan one = Plan(ClaimList.Parse("1")), eleven = Plan(ClaimList.Parse("11")), both = Plan(ClaimList.Parse("1,11"));
        Assert.Equal(one.Runs.Count + eleven.Runs.Count - (2 * 5), both.Runs.Count); // the LSTM on two tasks, five seeds each
    }

    [Fact]
    public void The_default_study_is_planned_for_less_than_an_hour_on_two_cores_and_so_is_one_whose_memories_all_exist()
    {
        StudyPlan plan = Plan(ClaimList.All);
        Assert.InRange(StudyBudget.Wall(plan.Runs, plan.Probes, jobs: 2).TotalMinutes, 5, 60);

        var scale = new StudyScale();
        StudyRun[] all = [.. ClaimList.All.SelectMany(claim => claim.SeedsAt(scale).SelectMany(seed => claim.Arms(scale).Select(arm => new StudyRun(arm.Run(seed))))).DistinctBy(run => run.Id)];
        CostProbe[] probes = [.. ClaimList.All.SelectMany(claim => claim.Probes(scale)).Distinct()];
        Assert.InRange(StudyBudget.Wall(all, probes, jobs: 2).TotalMinutes, 5, 60);
    }

    [Fact]
    public void Every_run_of_every_claim_is_one_that_can_be_trained()
    {
        Plan(ClaimList.All).Validate();
        (Plan(ClaimList.All) with { Scale = new StudyScale { Full = true } }).Validate();
    }

    private static StudyPlan Plan(IReadOnlyList<Claim> claims) => new() { Claims = claims, Scale = new StudyScale(), Folder = "study" };
}
