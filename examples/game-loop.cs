#!/usr/bin/env dotnet
// A game that asks a trained policy for an action every frame:  dotnet run -c Release examples/game-loop.cs runs/script/policy.rlseq
// It references Agents only: managed code, no native library, nothing allocated per frame.
#:project ../Agents/RLSeq.Agents.csproj
#:property PublishAot=false
using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

if (args.Length == 0)
{
    Console.Error.WriteLine("Usage: dotnet run examples/game-loop.cs POLICY [FRAMES]");
    return 2;
}
Agent agent = Agent.Load(args[0]);
using IEnvironment game = EnvironmentRegistry.Create(agent.Network.Definition.Provenance["environment"]);
var observation = new float[game.ObservationSpace.Size];
var action = new float[game.ActionSpace.Size];
long frame = Stopwatch.Frequency / 60, next = Stopwatch.GetTimestamp();
int missed = 0, frames = args.Length > 1 ? int.Parse(args[1]) : 300;
double total = 0;
ulong episode = 0;
bool ended = true;
for (int i = 0; i < frames; i++)
{
    if (ended)
    {
        game.Reset(episode++, observation);
        agent.Reset();
    }
    agent.Act(observation, action);
    StepResult result = game.Step(action, observation);
    (total, ended) = (total + result.Reward, result.Done);
    next += frame;
    long left = next - Stopwatch.GetTimestamp();
    if (left < 0) missed++;
    else Thread.Sleep(TimeSpan.FromSeconds((double)left / Stopwatch.Frequency));
}
Console.WriteLine($"{frames} frames at 60 Hz, {missed} missed; action p50 {agent.Latency.Percentile(50) / 1e3:0.0} µs, p99 {agent.Latency.Percentile(99) / 1e3:0.0} µs; reward {total:0.00}");
return 0;
