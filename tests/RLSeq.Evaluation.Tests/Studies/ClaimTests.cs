using RLSeq.Environments;
using RLSeq.Evaluation.Claims;

namespace RLSeq.Evaluation.Tests;

/// <summary>The eleven claims themselves.</summary>
public class ClaimTests
{
    private static readonly StudyScale Scale = new();

    public static TheoryData<int> Numbers => [.. ClaimList.All.Select(claim => claim.Number)];

    [Fact]
    public void They_are_numbered_and_chosen_by_number()
    {
        Assert.Equal(Enumerable.Range(1, 11), ClaimList.All.Select(claim => claim.Number));
        Assert.Equal([1, 3, 5], ClaimList.Parse("5, 1,3").Select(claim => claim.Number));
        Assert.Same(ClaimList.All, ClaimList.Parse(""));
        foreach (string wrong in (string[])["0", "12", "1,1", "1,", "one"]) Assert.Throws<UserInputException>(() => ClaimList.Parse(wrong));
    }

    /// <summary>Whatever the data may be, a rule that could never say one of the three would be no question.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_of_the_three_verdicts_can_be_reached(int number)
    {
        Claim claim = ClaimList.Parse($"{number}")[0];
        if (!claim.IsTested(Scale))
        {
            Assert.Equal(Verdict.Skipped, Judge.Of(claim, Scale, new StudyData()).Verdict);
            return;
        }
        var random = new RandomSource(1);
        var reached = new HashSet<Verdict>();
        for (int i = 0; i < 3000 && reached.Count < 3; i++) reached.Add(Judge.Of(claim, Scale, Random(claim, ref random)).Verdict);
        Assert.Equal([Verdict.Supported, Verdict.Refuted, Verdict.Inconclusive], reached.Order());
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_task_has_a_scale_from_random_play_to_the_reference(int number)
    {
        foreach (Arm arm in ClaimList.Parse($"{number}")[0].Arms(Scale).Where(arm => arm.Missing is null))
        {
            (double zero, double one) = (arm.Score(0), arm.Score(1));
            Assert.True(double.IsFinite(zero) && one > zero, arm.Task);
        }
    }

    [Fact]
    public void Cut_episodes_have_the_scale_of_their_length()
    {
        Arm cut = StudyTasks.FirstCard("lstm", 1, 128), whole = StudyTasks.FirstCard("lstm", 1, 831);
        Assert.Equal(1, cut.Score(128.0 / 831), 1e-9); // every one of the 128 answers is right, at 1/831 each
        Assert.Equal(0, cut.Score(-0.5 * 128 / 831), 1e-9); // a quarter are, and three quarters cost as much
        Assert.Equal(1, whole.Score(1), 1e-9);
        using IEnvironment environment = RLSeq.Training.NamedEnvironment.Of(cut.Configuration).Create();
        float[] observation = new float[1];
        environment.Reset(3, observation);
        float first = observation[0];
        double sum = 0;
        int steps = 0;
        for (StepResult step = default; !step.Done; steps++) sum += (step = environment.Step([first], observation)).Reward;
        Assert.Equal(128, steps);
        Assert.Equal(1, cut.Score(sum), 1e-5);
    }

    private static StudyData Random(Claim claim, ref RandomSource random)
    {
        var data = new StudyData();
        // A memory is good or bad on all tasks alike, now and then on each by itself; and runs scatter little or much.
        double[] levels = [0, 0.4, 0.8, 1.2];
        double spread = random.NextInt(2) == 0 ? 0.001 : 0.5;
        var byMemory = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Arm arm in claim.ArmsToTrain(Scale))
        {
            if (!byMemory.TryGetValue(arm.Label, out double level) || random.NextInt(3) == 0) byMemory[arm.Label] = level = levels[random.NextInt(levels.Length)];
            double zero = -arm.Score(0) / (arm.Score(1) - arm.Score(0)), unit = 1 / (arm.Score(1) - arm.Score(0));
            long bytes = random.NextInt(2) == 0 ? 100 : 50;
            foreach (ulong seed in claim.SeedsAt(Scale)) MadeClaim.Add(data, arm, seed, zero + ((level + (spread * (random.NextDouble() - 0.5))) * unit), bytes);
        }
        double exponent = random.NextDouble();
        foreach (CostProbe probe in claim.ProbesToTime(Scale))
        {
            double cost = Math.Pow(10, 4 * random.NextDouble()) * Math.Pow(probe.Memory.Context, exponent);
            var rounds = new double[CostMeasures.Rounds];
            for (int i = 0; i < rounds.Length; i++) rounds[i] = cost * Math.Exp(spread * 4 * (random.NextDouble() - 0.5));
            data.Add(probe, new CostSamples { Hidden = 1, Parameters = 1, P50Us = rounds, P99Us = rounds, StepsPerSecond = rounds });
        }
        return data;
    }
}
