using System.Buffers;
using MessagePack;

namespace RLSeq.Agents.Tests;

/// <summary>Making and unmaking policy files.</summary>
internal static class PolicyFiles
{
    private const int ExampleSteps = 12, Restart = 7;

    /// <summary>The policy with an example that this engine computed.</summary>
    public static PolicyDefinition WithExample(PolicyDefinition policy, int steps = ExampleSteps)
    {
        var agent = new Agent(PolicyNetwork.From(policy));
        float[] observations = TestModules.Observations(policy, steps, 77), action = new float[policy.ActionSpace.Size];
        var (logits, values) = (new List<float>(), new List<float>());
        int size = policy.ObservationSpace.Size;
        for (int t = 0; t < steps; t++)
        {
            if (t is 0 or Restart) agent.Reset();
            agent.Act(observations.AsSpan(t * size, size), action);
            logits.AddRange(agent.Logits.ToArray());
            values.Add(agent.Value);
        }
        return policy with { Example = new PolicyExample(observations, [.. Enumerable.Range(0, steps).Select(t => t is 0 or Restart)], [.. logits], [.. values]) };
    }

    /// <summary>A payload in an envelope with the right checksum, so that the parser itself is reached.</summary>
    public static byte[] Envelope(ReadOnlySpan<byte> payload, long version = PolicyFile.Version, string magic = "rlseq-policy")
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(4);
        writer.Write(magic);
        writer.Write(version);
        writer.Write(Crc32.Of(payload));
        writer.Write(payload);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
