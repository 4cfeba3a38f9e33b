namespace RLSeq.Agents.Tests;

/// <summary>Converting to fewer bits: what is measured, what is stored, and that nothing of the original is lost.</summary>
public sealed class PolicyConverterTests
{
    private const int Steps = 60, Restart = 25;

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string memory in TestModules.Memories)
                foreach (string precision in new[] { "bf16", "int8", "f32/int8", "int8/bf16" }) data.Add(memory, precision);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_loss_is_what_two_agents_on_the_same_observations_differ_by(string memory, string text)
    {
        PolicyDefinition policy = TestModules.Policy(memory), converted = Convert(policy, text, out float[] observations, out bool[] starts);
        Agent before = new(PolicyNetwork.From(policy)), after = new(PolicyNetwork.From(policy with { Precision = Precision(text) }));
        int same = 0;
        double kl = 0, largest = 0, error = 0;
        float[] a = new float[1], b = new float[1];
        for (int t = 0; t < Steps; t++)
        {
            if (starts[t])
            {
                before.Reset();
                after.Reset();
            }
            before.Act(observations.AsSpan(t * 4, 4), a);
            after.Act(observations.AsSpan(t * 4, 4), b);
            if (a[0] == b[0]) same++;
            double[] p = Softmax(before.Logits), q = Softmax(after.Logits);
            double divergence = p.Zip(q, (x, y) => x * Math.Log(x / y)).Sum();
            kl += divergence / Steps;
            largest = Math.Max(largest, divergence);
            error += Math.Abs(before.Value - after.Value) / (double)Steps;
        }
        ConversionLoss loss = converted.Conversion!;
        Assert.Equal(Steps, loss.Steps);
        Assert.Equal(same / (double)Steps, loss.ModeAgreement);
        Assert.InRange(loss.SampleAgreement, 0.9, 1);
        Near.Equal(kl, loss.MeanKl, 1e-7, "mean KL");
        Near.Equal(largest, loss.LargestKl, 1e-6, "largest KL");
        Near.Equal(error, loss.MeanValueError, 1e-6, "value error");
        if (memory != "none" && text != "f32/int8") Assert.True(loss.MeanKl > 0 && loss.MeanValueError > 0, "fewer bits cannot cost nothing");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_converted_policy_survives_its_file_and_converts_back_to_the_original(string memory, string text)
    {
        PolicyDefinition policy = TestModules.Policy(memory), converted = Convert(policy, text, out float[] observations, out _);
        PolicyDefinition loaded = PolicyFile.Read(PolicyFile.Write(converted)); // verifies the example in fewer bits
        Assert.Equal(Precision(text), loaded.Precision);
        Assert.Equal(converted.Conversion, loaded.Conversion);
        Assert.Equal(24, loaded.Example!.Starts.Length);
        AssertSame(converted, loaded, observations);
        PolicyDefinition back = PolicyConverter.Convert(loaded, PolicyPrecision.Float32, observations, new bool[Steps]);
        Assert.Null(back.Conversion);
        AssertSame(policy, back, observations);
    }

    [Fact]
    public void Forbidden_choices_do_not_count()
    {
        // Of five choices one is allowed, at every step another: however the two policies differ, they do the same.
        PolicyDefinition policy = TestModules.Policy("lstm");
        float[] observations = TestModules.Observations(policy, Steps, 5);
        bool[] only = [.. Enumerable.Range(0, Steps).SelectMany(t => Enumerable.Range(0, 5).Select(k => k == t % 5))], free = [.. Enumerable.Repeat(true, 5 * Steps)];
        ConversionLoss masked = Loss(only), all = Loss(free);
        Assert.Equal((1, 1, 0, 0), (masked.ModeAgreement, masked.SampleAgreement, masked.MeanKl, masked.LargestKl));
        Assert.Equal(PolicyConverter.Convert(policy, Precision("int8"), observations, new bool[Steps]).Conversion, all);
        Assert.True(all.MeanKl > 0);
        Assert.Equal(all.MeanValueError, masked.MeanValueError);
        Assert.Throws<ArgumentException>(() => Loss(new bool[5]));
        Assert.Throws<ArgumentException>(() => Loss(new bool[5 * Steps]));

        ConversionLoss Loss(bool[] masks) => PolicyFile.Read(PolicyFile.Write(PolicyConverter.Convert(policy, Precision("int8"), observations, new bool[Steps], masks))).Conversion!;
    }

    [Fact]
    public void Returns_survive_the_file_too()
    {
        PolicyDefinition converted = Convert(TestModules.Policy("lstm"), "int8", out _, out _);
        converted = converted with { Conversion = converted.Conversion! with { Episodes = 7, ReturnBefore = 0.5, ReturnAfter = -0.25 } };
        Assert.Equal(converted.Conversion, PolicyFile.Read(PolicyFile.Write(converted)).Conversion);
    }

    [Fact]
    public void Running_agents_keep_their_precision()
    {
        PolicyDefinition policy = TestModules.Policy("transformer");
        var agents = new AgentBatch(PolicyNetwork.From(policy), 1);
        Assert.Throws<ArgumentException>(() => agents.Network = PolicyNetwork.From(policy with { Precision = Precision("int8") }));
    }

    [Fact]
    public void Observations_that_do_not_fit_are_refused()
    {
        PolicyDefinition policy = TestModules.Policy("lstm");
        Assert.Throws<ArgumentException>(() => PolicyConverter.Convert(policy, Precision("int8"), new float[8], new bool[3]));
        Assert.Throws<ArgumentException>(() => PolicyConverter.Convert(policy, Precision("int8"), [], []));
        Assert.Throws<ArgumentException>(() => PolicyConverter.Convert(policy, Precision("int8"), [0, float.NaN, 0, 0], [true]));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => PolicyConverter.Convert(policy, Precision("int8"), new float[4], [true], cancellation: stopped.Token));
    }

    [Theory]
    [InlineData("f32", NumberFormat.Float32, NumberFormat.Float32)]
    [InlineData("bf16", NumberFormat.BFloat16, NumberFormat.BFloat16)]
    [InlineData("int8", NumberFormat.Int8, NumberFormat.Int8)]
    [InlineData("int8/bf16", NumberFormat.Int8, NumberFormat.BFloat16)]
    public void Precisions_are_read_and_written_as_words(string text, NumberFormat weights, NumberFormat cache)
    {
        Assert.True(PolicyPrecision.TryParse(text, out PolicyPrecision precision));
        Assert.Equal(new PolicyPrecision(weights, cache), precision);
        Assert.Equal(text, precision.ToString());
        foreach (string? bad in new[] { text + "/", "/" + text, text + "/x", text.ToUpperInvariant(), text + "/int8/int8", "", null }) Assert.False(PolicyPrecision.TryParse(bad, out _), bad);
    }

    private static PolicyDefinition Convert(PolicyDefinition policy, string precision, out float[] observations, out bool[] starts)
    {
        observations = TestModules.Observations(policy, Steps, 5);
        starts = [.. Enumerable.Range(0, Steps).Select(t => t is 0 or Restart)];
        return PolicyConverter.Convert(policy, Precision(precision), observations, starts);
    }

    private static PolicyPrecision Precision(string text) => PolicyPrecision.TryParse(text, out PolicyPrecision precision) ? precision : throw new FormatException(text);

    private static double[] Softmax(ReadOnlySpan<float> logits)
    {
        double[] e = [.. logits.ToArray().Select(logit => Math.Exp(logit))];
        return [.. e.Select(x => x / e.Sum())];
    }

    private static void AssertSame(PolicyDefinition expected, PolicyDefinition actual, float[] observations)
    {
        Agent a = new(PolicyNetwork.From(expected)), b = new(PolicyNetwork.From(actual));
        float[] x = new float[1], y = new float[1];
        for (int t = 0; t < Steps; t++)
        {
            a.Act(observations.AsSpan(t * 4, 4), x);
            b.Act(observations.AsSpan(t * 4, 4), y);
            Near.Same(a.Logits, b.Logits, $"step {t}");
            Assert.Equal((x[0], a.Value), (y[0], b.Value));
        }
    }
}
