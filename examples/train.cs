#!/usr/bin/env dotnet
// Trains an agent from a script:  dotnet run examples/train.cs
#:project ../Training/RLSeq.Training.csproj
#:property PublishAot=false
using RLSeq.Training;

var configuration = new TrainingConfiguration
{
    Environment = "RepeatPreviousEasy",
    Memory = new() { Name = "lstm" }, // one word: none, ffm, gru, lstm, lru, min-gru, gated-delta-net, transformer, …
    Steps = args.Length > 0 ? long.Parse(args[0]) : 300_000,
};
string folder = args.Length > 1 ? args[1] : "runs/script";
using var run = TrainingRun.Begin(configuration, folder);
run.Run(progress => Console.WriteLine($"{progress.Steps,8} steps, {progress.StepsPerSecond,6:0}/s, return {progress.Return:0.000}"));
Console.WriteLine($"The policy is {folder}/{TrainingRun.PolicyName}; play it with: ./rlseq evaluate {folder}");
