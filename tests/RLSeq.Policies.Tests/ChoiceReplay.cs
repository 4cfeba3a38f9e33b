using RLSeq.Agents;

namespace RLSeq.Policies.Tests;

/// <summary>
/// For a memory that chooses among chunks: lets the acting engine look into what learning chose, since nothing but rounding decides between two
/// relevances that are nearly equal, and holds the engine's own choices to those of learning wherever the margin exceeds 1e-4.
/// </summary>
internal sealed class ChoiceReplay
{
    private const float Margin = 1e-4f;

    private readonly (int[] Ages, float Margin)[]?[] _chosen; // per layer, by row and step
    private int _steps, _t;

    private ChoiceReplay(HcamMemory memory, HcamKernel kernel)
    {
        _chosen = new (int[] Ages, float Margin)[]?[memory.Layers.Count];
        for (int l = 0; l < memory.Layers.Count; l++)
        {
            int layer = l;
            memory.Layers[l].Chosen = (relevances, chosen, age) => _chosen[layer] = Read(relevances, chosen, age);
        }
        kernel.Decide = (row, layer, own) => Replay(_chosen[layer]![(row * _steps) + _t], own);
    }

    /// <summary>The choices that were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>The choices between which there was so little that they were not compared.</summary>
    public int Close { get; private set; }

    /// <summary>Watches a memory and its kernel; null where there is nothing to choose.</summary>
    public static ChoiceReplay? Of(Memory memory, IMemoryKernel kernel) =>
        memory is HcamMemory chooses && kernel is HcamKernel acts ? new ChoiceReplay(chooses, acts) : null;

    /// <summary>What is acted next is this step of the sequence that was learned last.</summary>
    public void At(int t) => _t = t;

    private IReadOnlyList<int> Replay((int[] Ages, float Margin) learned, ChunkChoice own)
    {
        int[] acted = [.. Enumerable.Range(0, own.Count).Select(own.Age)];
        if (learned.Margin > Margin)
        {
            Assert.Equal(learned.Ages.Order(), acted.Order());
            Compared++;
        }
        else Close++;
        return learned.Ages;
    }

    /// <summary>What each row chose at each step, and by how much its last choice was ahead of what it left out.</summary>
    private (int[] Ages, float Margin)[] Read(Tensor relevances, Tensor chosen, Tensor age)
    {
        (int batch, int steps, int chunks, int top) = ((int)chosen.shape[0], (int)chosen.shape[1], (int)relevances.shape[2], (int)chosen.shape[2]);
        _steps = steps;
        float[] values = relevances.contiguous().data<float>().ToArray();
        long[] indexes = chosen.contiguous().data<long>().ToArray(), ages = age.contiguous().data<long>().ToArray();
        var all = new (int[] Ages, float Margin)[batch * steps];
        for (int i = 0; i < all.Length; i++)
        {
            int[] picked = [.. indexes.Skip(i * top).Take(top).Select(index => (int)index).Where(index => values[(i * chunks) + index] > float.NegativeInfinity)];
            IEnumerable<float> left = Enumerable.Range(0, chunks).Except(picked).Select(index => values[(i * chunks) + index]);
            float margin = picked.Length < top ? float.PositiveInfinity : picked.Min(index => values[(i * chunks) + index]) - left.DefaultIfEmpty(float.NegativeInfinity).Max();
            all[i] = ([.. picked.Select(index => (int)ages[(i * chunks) + index])], margin);
        }
        return all;
    }
}
