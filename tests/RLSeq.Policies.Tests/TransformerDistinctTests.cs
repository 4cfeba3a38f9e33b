using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

/// <summary>What a Transformer that stores no near-duplicates does beside the laws.</summary>
public sealed class TransformerDistinctTests : IDisposable
{
    private const string Name = "transformer-distinct";

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Worked out from the definition, step by step, in double precision, as lists of what is held.</summary>
    [Theory, InlineData(0, 30), InlineData(1, 30), InlineData(5, 60), InlineData(8, 60), InlineData(20, 90)]
    public void Choices_are_those_of_the_definition(int context, int steps)
    {
        const int Batch = 4, Width = 6;
        int slots = (context + 1) / 2;
        var random = new RandomSource(11);
        float[][] looks = Looks(Batch * (slots + steps), Width, 0.15, ref random);
        float[][] X(int row) => looks[(row * (slots + steps))..((row + 1) * (slots + steps))];
        Tensor all = tensor(looks.SelectMany(x => x).ToArray(), [Batch, slots + steps, Width]);
        // What is held before: nothing, all, and something, every second step up to M steps ago.
        int[] counts = [0, slots, slots / 2, Math.Min(1, slots)];
        float[] ages = [.. Enumerable.Range(0, Batch * slots).Select(i => i % slots < slots - counts[i / slots] ? 0f : Math.Min(context, (2 * (slots - (i % slots))) - 1))];
        Tensor starts = MemorySubject.Starts(steps, Batch, 0.04, 12);
        bool[] begins = starts.data<bool>().ToArray();
        var stored = StoredSteps.Choose(all.narrow(1, slots, steps).transpose(0, 1), all.narrow(1, 0, slots), tensor(ages, [Batch, slots]), tensor(counts.Select(count => (float)count).ToArray(), [Batch, 1]), starts, context, WriteGate.Tolerance);
        bool[] hidden = AttentionWindow.Make(stored, context, CPU).Hidden.contiguous().data<bool>().ToArray();
        long[] distances = AttentionWindow.Make(stored, context, CPU).Distance.data<long>().ToArray();
        Assert.True(stored.SmallestMargin > 1e-5, $"A choice is not clear: {stored.SmallestMargin}.");

        int duplicates = 0;
        for (int row = 0; row < Batch; row++)
        {
            float[][] x = X(row);
            List<(int Step, int Item)> held = [.. Enumerable.Range(slots - counts[row], counts[row]).Select(item => (-(int)ages[(row * slots) + item], item))];
            for (int t = 0; t < steps; t++)
            {
                if (begins[(t * Batch) + row]) held.Clear();
                held.RemoveAll(one => t - one.Step > context);
                (int Step, int Item)[] seen = [.. held, (t, slots + t)];
                for (int item = 0; item < slots + steps; item++)
                {
                    int at = (((row * steps) + t) * (slots + steps)) + item;
                    bool isSeen = seen.Any(one => one.Item == item);
                    Assert.True(isSeen != hidden[at], $"row {row}, step {t}, item {item}");
                    if (isSeen) Assert.Equal(t - seen.Single(one => one.Item == item).Step, distances[at]);
                }
                bool near = held.Exists(one => Near(x[slots + t], x[one.Item]));
                if (near) duplicates++;
                if (near || slots == 0) continue;
                held.Add((t, slots + t));
                if (held.Count > slots) held.RemoveAt(0);
            }
            held.RemoveAll(one => steps - one.Step > context);
            Assert.Equal(held.Count, stored.CountAfter[row]);
            Assert.Equal([.. Enumerable.Repeat(-1L, slots - held.Count), .. held.Select(one => (long)one.Item)], stored.HeldAfter[(row * slots)..((row + 1) * slots)]);
            Assert.Equal([.. Enumerable.Repeat(0f, slots - held.Count), .. held.Select(one => (float)(steps - one.Step))], stored.AgesAfter[(row * slots)..((row + 1) * slots)]);
        }
        if (context >= 5) Assert.InRange(duplicates, Batch * steps / 6, Batch * steps * 3 / 4);

        static bool Near(float[] x, float[] y) => x.Zip(y, (a, b) => Math.Pow((double)a - b, 2)).Sum() <= 0.1f * 0.1f * (x.Sum(a => (double)a * a) + y.Sum(b => (double)b * b)) / 2;
    }

    /// <summary>
    /// Step by step in both engines, with inputs about as far from each other as the bound: what each holds after every step. Both ask the same
    /// gate, so that they agree to the last bit even where a choice is not clear.
    /// </summary>
    [Fact]
    public void Acting_and_learning_choose_alike()
    {
        const int Steps = 400;
        using MemorySubject subject = MemorySubject.Create(Name, width: 20, context: 9);
        IMemoryKernel kernel = subject.Kernel(1);
        var random = new RandomSource(21);
        float[][] looks = Looks(Steps, 20, 0.1, ref random);
        float[] saved = new float[kernel.Layout.Size], output = new float[20];
        MemoryState state = subject.Initial(1);
        int held = 0, notStored = 0;
        float margin = float.PositiveInfinity;
        ((TransformerDistinctMemory)subject.Memory).Chosen = choices =>
        {
            margin = Math.Min(margin, choices.SmallestMargin);
            if (!choices.Kept[^1]) notStored++;
        };
        for (int t = 0; t < Steps; t++)
        {
            if (t % 90 == 89) kernel.Reset(0);
            kernel.Step([0], looks[t], output);
            (_, state) = subject.Memory.Forward(tensor(looks[t], [1, 1, 20]), state, tensor(new[] { t % 90 == 89 }, [1, 1]));
            kernel.Save(0, saved);
            float[] learned = state.ToRows();
            Assert.Equal(learned.AsSpan(learned.Length - 6, 6), saved.AsSpan(saved.Length - 6, 6)); // ages and count
            held += (int)saved[^1];
        }
        Assert.InRange(notStored, Steps / 4, Steps * 3 / 4);
        Assert.InRange(held, Steps, 5 * Steps);
        Assert.True(margin < 1e-4, "All choices were clear.");
    }

    /// <summary>Where no input is like another, what is held is the last S steps: a Transformer with a context of S and the biases of its distances.</summary>
    [Fact]
    public void Without_near_duplicates_it_is_a_Transformer_of_half_the_context()
    {
        using MemorySubject distinct = MemorySubject.Create(Name, context: 5), plain = MemorySubject.Create("transformer", context: 3);
        using (no_grad())
            foreach ((string name, Tensor parameter) in distinct.Memory.named_parameters())
                plain.Memory.get_parameter(name)!.copy_(name.EndsWith("relative", StringComparison.Ordinal) ? parameter.narrow(1, 0, 4) : parameter);
        Tensor x = plain.Inputs(40, 3, 31), starts = MemorySubject.Starts(40, 3, 0.05, 32);
        (Tensor expected, MemoryState end) = plain.Memory.Forward(x, plain.Initial(3), starts);
        (Tensor actual, MemoryState after) = distinct.Memory.Forward(x, distinct.Initial(3), starts);
        MemorySubject.Agree(actual, expected, 1e-5);
        MemorySubject.Agree(after[2], end[1], 0);
        for (int row = 0; row < 3; row++)
        {
            int count = (int)end[1][row].item<float>();
            MemorySubject.Agree(after[0][row].narrow(1, 3 - count, count), end[0][row].narrow(1, 3 - count, count), 1e-5);
            MemorySubject.Agree(after[1][row].narrow(0, 3 - count, count), arange(count, 0, -1).to(float32), 0);
        }
    }

    /// <summary>What stays the same is stored once, and again when the first one has become too old.</summary>
    [Fact]
    public void What_stays_the_same_is_held_once()
    {
        const int Context = 6;
        using MemorySubject subject = MemorySubject.Create(Name, context: Context);
        IMemoryKernel kernel = subject.Kernel(1);
        float[] x = Input(), state = new float[kernel.Layout.Size], output = new float[MemorySubject.Width];
        for (int t = 0; t < 4 * Context; t++)
        {
            kernel.Step([0], x, output);
            kernel.Save(0, state);
            // Stored at 0, 7, 14, …: the step that sees it as M + 1 steps old stores itself. Just before, it is too old and nothing is held.
            int age = (t % (Context + 1)) + 1;
            Assert.Equal(age > Context ? 0 : 1, state[^1]);
            Assert.Equal(age > Context ? 0 : age, state[^2]);
        }

        float[] Input() => subject.Inputs(1, 1, 41).data<float>().ToArray();
    }

    [Theory]
    [InlineData(new[] { 0f, 0, 0, 0 }, null)]
    [InlineData(new[] { 5f, 2, 1, 3 }, null)]
    [InlineData(new[] { 0f, 0, 5, 1 }, null)]
    [InlineData(new[] { 0f, 0, 0, 4 }, "count is 4; expected a whole number from 0 to 3")]
    [InlineData(new[] { 0f, 0, 0, 0.5f }, "count is 0.5")]
    [InlineData(new[] { 0f, 0, 0, float.NaN }, "count is NaN")]
    [InlineData(new[] { 6f, 2, 1, 3 }, "ages have 6 as element 0 of 3, 3 of which are held; expected a whole number from 3 to 5")]
    [InlineData(new[] { 2f, 2, 1, 3 }, "ages have 2 as element 0")]
    [InlineData(new[] { 5f, 2, 0, 3 }, "ages have 0 as element 2 of 3, 3 of which are held; expected a whole number from 1 to 5")]
    [InlineData(new[] { 5f, 2.5f, 1, 3 }, "ages have 2.5 as element 1")]
    [InlineData(new[] { 5f, 2, 1, 2 }, "ages have 5 as element 0 of 3, 2 of which are held; expected 0")]
    [InlineData(new[] { 0f, float.NaN, 1, 2 }, "ages have NaN as element 1")]
    public void A_state_that_no_episode_leads_to_is_refused(float[] agesAndCount, string? says)
    {
        using MemorySubject subject = MemorySubject.Create(Name, context: 5);
        IMemoryKernel kernel = subject.Kernel(1);
        float[] state = [.. new float[kernel.Layout.Size - agesAndCount.Length], .. agesAndCount];
        if (says is null)
        {
            kernel.Load(0, state);
            subject.Memory.CheckState(state);
            return;
        }
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => kernel.Load(0, state)).Message, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => subject.Memory.CheckState(state)).Message, StringComparison.Ordinal);
    }

    /// <summary>Counted from the mask, where all inputs differ; at least as much as anything costs.</summary>
    [Fact]
    public void Recall_costs_at_most_what_is_visible_where_all_differs()
    {
        const int Batch = 5, Steps = 12, Width = MemorySubject.Width, Layers = 2;
        using MemorySubject subject = MemorySubject.Create(Name, context: 7), plain = MemorySubject.Create("transformer", context: 4);
        Tensor starts = MemorySubject.Starts(Steps, Batch, 0.2, 3), count = (arange(Batch) % 5).to(float32).unsqueeze(1);
        (_, MemoryState state) = subject.Memory.Forward(plain.Inputs(4, Batch, 51), subject.Initial(Batch), zeros(4, Batch, dtype: @bool));
        bool[] hidden = [];
        ((TransformerDistinctMemory)subject.Memory).Chosen = choices => hidden = AttentionWindow.Make(choices, 7, CPU).Hidden.contiguous().data<bool>().ToArray();
        subject.Memory.Forward(plain.Inputs(Steps, Batch, 52), state, starts);
        (long attending, long projecting) = subject.Memory.RecallOperations(state, starts);
        Assert.Equal(Layers * 2 * Width * hidden.Count(each => !each), attending);
        Assert.Equal(Layers * 2 * Width * Width * 4 * starts.select(0, 0).logical_not().to(int64).sum().item<long>(), projecting);
    }

    /// <summary>Inputs of which about two of three come from three vectors, with noise of some relative size.</summary>
    private static float[][] Looks(int count, int width, double noise, ref RandomSource random)
    {
        var looks = new float[count][];
        for (int i = 0; i < count; i++)
        {
            int prototype = random.NextInt(4);
            var shape = new RandomSource(500 + (ulong)(prototype == 3 ? 1000 + i : prototype));
            double size = noise * random.NextDouble();
            looks[i] = new float[width];
            for (int j = 0; j < width; j++) looks[i][j] = (float)(shape.NextGaussian() + (size * random.NextGaussian()));
        }
        return looks;
    }
}
