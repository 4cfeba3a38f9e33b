namespace RLSeq.Evaluation.Tests;

public sealed class DeviceCheckTests
{
    [Theory, InlineData("gru"), InlineData("transformer")]
    public void The_CPU_agrees_with_itself_and_torch_acting_with_the_managed_engine(string memory)
    {
        DeviceCheck check = DeviceCheck.Run(memory, "cpu");
        Assert.Equal((0, 0), (check.OutputError, check.GradientError));
        Assert.InRange(check.ActingError, 1e-12, 1e-4); // they round differently, so no error at all would mean that one engine was held to itself
        Assert.InRange(check.FirstRatioError, 0, 1e-4);
        Assert.True(check.Passed);
        Assert.False((check with { ActingError = 2 * DeviceCheck.Tolerance }).Passed);
        Assert.False((check with { ActingError = double.NaN }).Passed);
    }
}
