using System.Diagnostics;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>What recording an action costs: the bookkeeping of a <see cref="LatencyRecorder"/>, without the action.</summary>
public static class RecordingCost
{
    private const int Rounds = 10, Records = 20_000;

    /// <summary>Times the bookkeeping of one action in a loop: the quickest of several rounds, since everything else on the machine only adds.</summary>
    /// <param name="stages">Whether actions are split by stage.</param>
    /// <returns>Nanoseconds per action.</returns>
    public static double Nanoseconds(bool stages)
    {
        var recorder = new LatencyRecorder { Stages = stages };
        double quickest = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < Records; i++)
            {
                recorder.Begin();
                recorder.EndStage(ActionStage.Encode);
                recorder.EndStage(ActionStage.Memory);
                recorder.EndStage(ActionStage.Heads);
                recorder.End(1);
            }
            quickest = Math.Min(quickest, Stopwatch.GetElapsedTime(began).TotalNanoseconds / Records);
        }
        return quickest;
    }
}
