namespace RLSeq.Agents;

/// <summary>One query against keys and values of small integers, all heads: scores in integers, softmax in floats, values in integers.</summary>
internal unsafe struct Int8Attention
{
    /// <summary>The sizes.</summary>
    public TransformerSizes Sizes;

    /// <summary>The slots and the columns of one head's value, whole groups; the items to attend to, the newest included; the slot of the oldest.</summary>
    public int Slots, HeadWidth, Count, Oldest;

    /// <summary>The query, rounded, <c>[H, pairs of D/H]</c>, and its scales, <c>[H]</c>.</summary>
    public int* Query;
    public float* QueryScales;

    /// <summary>Keys, <c>[H, panels of slots: [pairs of D/H, width / 2]]</c>, and their scales, <c>[H, slots]</c>.</summary>
    public int* Keys;
    public float* KeyScales;

    /// <summary>Values, <c>[H, pairs of slots, head width / 2]</c>, and their scales, <c>[H, slots]</c>.</summary>
    public int* Values;
    public float* ValueScales;

    /// <summary>Biases, <c>[H, M + 1]</c>, the newest item's last.</summary>
    public float* Relative;

    /// <summary>Scratch, <c>[H, slots]</c>: scores by slot, then weights times values' scales; weights by age.</summary>
    public float* Scores, Weights;

    /// <summary>Scratch: weights by slot, rounded, <c>[H, slots]</c>, and their scales, <c>[H]</c>.</summary>
    public short* RoundedWeights;
    public float* WeightScales;

    /// <summary>Receives what the heads' sums are to be multiplied with, <c>[H]</c>.</summary>
    public float* Scales;

    /// <summary>Receives the heads' sums of values with undivided weights, <c>[H, head width]</c>.</summary>
    public float* Sums;

    /// <summary>How many bytes ahead of the keys and of the values to fetch: see <see cref="Prefetcher.Ahead"/>.</summary>
    public long AheadKeys, AheadValues;

    /// <summary>The slots from the first to the last item.</summary>
    private readonly int Used => Math.Min(Sizes.Items, Oldest + Count);

    /// <summary>Scores by slot.</summary>
    public readonly struct Score(Int8Attention a) : IPairsKernel
    {
        public void Run<TPairs, TVector>()
            where TPairs : struct, IPairs<TVector>
            where TVector : struct
        {
            int pairs = (a.Sizes.HeadSize + 1) / 2, used = Words.RoundUp(a.Used);
            for (int head = 0; head < a.Sizes.Heads; head++)
            {
                int* keys = a.Keys + ((long)head * pairs * (a.Slots / 2));
                float* scales = a.KeyScales + (head * a.Slots), scores = a.Scores + (head * a.Slots);
                for (int panel = 0; panel < used; panel += PanelLayout.Width)
                {
                    int width = Math.Min(PanelLayout.Width, a.Slots - panel);
                    PairTiles.OneRow<TPairs, TVector>(
                        a.Query + (head * pairs), pairs, keys + (panel / 2 * pairs), width / 2, Math.Min(width, used - panel) / 2,
                        a.QueryScales[head], scales + panel, null, scores + panel, a.AheadKeys);
                }
            }
        }
    }

    /// <summary>Weights: by age, then back by slot, times the values' scales, rounded.</summary>
    public readonly struct Weigh(Int8Attention a) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            int items = a.Sizes.Items, first = Math.Min(a.Count, items - a.Oldest), used = (a.Used + 1) / 2 * 2, limit = Quantizer.Limit(used);
            for (int head = 0; head < a.Sizes.Heads; head++)
            {
                float* scores = a.Scores + (head * a.Slots), weights = a.Weights + (head * a.Slots), scales = a.ValueScales + (head * a.Slots);
                a.Scales[head] = AttentionWeights.ByAge<TSimd, TVector>(scores, a.Relative + (head * items) + items - a.Count, weights, a.Count, first, a.Oldest);
                new Span<float>(scores, used).Clear();
                Product<TSimd, TVector>(weights, scales + a.Oldest, scores + a.Oldest, first);
                Product<TSimd, TVector>(weights + first, scales, scores, a.Count - first);
                a.WeightScales[head] = Quantizer.Round<TSimd, TVector>(scores, used, a.RoundedWeights + (head * a.Slots), used, limit);
            }
        }

        private static void Product<TSimd, TVector>(float* x, float* y, float* target, int length)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(target + i, simd.Multiply(simd.Load(x + i), simd.Load(y + i)));
            for (; i < length; i++) target[i] = x[i] * y[i];
        }
    }

    /// <summary>The heads' sums of values.</summary>
    public readonly struct SumValues(Int8Attention a) : IPairsKernel
    {
        public void Run<TPairs, TVector>()
            where TPairs : struct, IPairs<TVector>
            where TVector : struct
        {
            int words = a.HeadWidth / 2, pairs = (a.Used + 1) / 2;
            for (int head = 0; head < a.Sizes.Heads; head++)
            {
                PairTiles.OneRow<TPairs, TVector>(
                    (int*)(a.RoundedWeights + (head * a.Slots)), pairs, a.Values + ((long)head * (a.Slots / 2) * words), words, words,
                    a.WeightScales[head], null, null, a.Sums + (head * a.HeadWidth), a.AheadValues);
            }
        }
    }
}
