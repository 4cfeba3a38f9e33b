#!/usr/bin/env dotnet
// An environment of one's own, checked and trained:  dotnet run examples/custom-environment.cs
#:project ../Training/RLSeq.Training.csproj
#:property PublishAot=false
using RLSeq.Environments;
using RLSeq.Training;

foreach (Finding finding in EnvironmentChecker.Check(() => new TMaze())) Console.WriteLine(finding);

var configuration = new TrainingConfiguration { Environment = "TMaze", Memory = new() { Name = "lstm" }, Steps = args.Length > 0 ? long.Parse(args[0]) : 100_000 };
using var trainer = new Trainer(configuration, () => new TMaze());
trainer.Run(progress => Console.WriteLine($"{progress.Steps,8} steps: return {progress.Return:0.000}"));

/// <summary>The goal's side is shown once, at the beginning of a corridor; at its end the agent must remember it.</summary>
sealed class TMaze(int length = 8) : EnvironmentBase(Space.Box(-1, 1, 2), Space.Discrete(2))
{
    private float _goal;

    protected override void OnReset(Span<float> observation)
    {
        _goal = Random.NextInt(2) == 0 ? -1 : 1;
        (observation[0], observation[1]) = (_goal, 0);
    }

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool junction = Steps == length;
        (observation[0], observation[1]) = (0, Steps == length - 1 ? 1 : 0);
        float reward = !junction ? 0 : (Discrete(action) == 1) == (_goal > 0) ? 1 : -1;
        return new(reward, Terminated: junction, Truncated: false);
    }
}
