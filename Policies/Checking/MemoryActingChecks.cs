using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>Whether the acting engine's kernel is the same memory, and keeps what kernels promise.</summary>
internal static class MemoryActingChecks
{
    public const string Export = "export", Layout = "layout", Parity = "acting", Moving = "state", Rows = "acting-rows", Peeking = "peek", Swapping = "swap", Damage = "damage", Allocation = "allocation", Costs = "cost";

    private const int Batch = 3;
    private static readonly int[] All = [0, 1, 2];

    public static void Layouts(MemoryCheckSubject subject)
    {
        using Memory expected = subject.Copy();
        MemoryLayout acting = subject.Weights().Layout;
        if (!acting.Matches(expected.Layout))
            subject.Error(Layout, $"Learning keeps {Text(expected.Layout)}, and acting {Text(acting)}.", "Give both sides the same blocks, in the same order.");
        int features = subject.Weights().Features;
        if (features != 0 && features != subject.Width) subject.Error(Layout, $"The kernel's features are {features}, but the memory was made with hidden = {subject.Width}.", "Read the width from the exported settings.");
    }

    public static void ActsAsItLearns(MemoryCheckSubject subject)
    {
        const int Steps = 200;
        IMemoryKernel kernel = subject.Kernel(Batch);
        Tensor x = subject.Inputs(Steps, Batch, 60), starts = subject.Starts(Steps, Batch, 0.03, 61);
        float[] learned = MemoryCheckSubject.Floats(subject.Memory.Forward(x, subject.Initial(Batch), starts).Output), inputs = MemoryCheckSubject.Floats(x);
        bool[] begins = starts.data<bool>().ToArray();
        int width = Batch * subject.Width;
        var output = new float[width];
        for (int t = 0; t < Steps; t++)
        {
            foreach (int row in All)
                if (begins[(t * Batch) + row]) kernel.Reset(row);
            kernel.Step(All, inputs.AsSpan(t * width, width), output);
            if (MemoryCheckSubject.Difference(output, learned.AsSpan(t * width, width)) is not { } difference) continue;
            subject.Error(Parity, $"Acting and learning differ at step {t}: {difference}.", t == 0 ? "Compare the two sides' formulas, and how Export lays the weights out." : "The first steps agree: compare what both do with the state.");
            return;
        }
    }

    public static void StatesMove(MemoryCheckSubject subject)
    {
        const int Before = 8, After = 5;
        IMemoryKernel kernel = subject.Kernel(Batch);
        int size = kernel.Layout.Size, width = Batch * subject.Width;
        var output = new float[width];
        float[] first = MemoryCheckSubject.Floats(subject.Inputs(Before, Batch, 70));
        Tensor x = subject.Inputs(After, Batch, 71);
        float[] next = MemoryCheckSubject.Floats(x);
        for (int t = 0; t < Before; t++) kernel.Step(All, first.AsSpan(t * width, width), output);
        var saved = new float[Batch * size];
        foreach (int row in All) kernel.Save(row, saved.AsSpan(row * size, size));
        (Tensor learned, MemoryState end) = subject.Memory.Forward(x, size == 0 ? subject.Initial(Batch) : MemoryState.FromRows(subject.Memory.Layout, saved, x), MemoryCheckSubject.NoStarts(After, Batch));
        float[] expected = MemoryCheckSubject.Floats(learned);
        for (int t = 0; t < After; t++)
        {
            kernel.Step(All, next.AsSpan(t * width, width), output);
            if (MemoryCheckSubject.Difference(output, expected.AsSpan(t * width, width)) is not { } difference) continue;
            subject.Error(Moving, $"From a state that acting saved, learning does not go on as acting does: {difference}.", "Save must write the canonical state, and Forward must begin from it.");
            return;
        }
        IMemoryKernel other = subject.Kernel(Batch);
        float[] canonical = end.ToRows();
        foreach (int row in All) other.Load(row, canonical.AsSpan(row * size, size));
        Tensor last = subject.Inputs(1, Batch, 72);
        float[] wanted = MemoryCheckSubject.Floats(subject.Memory.Forward(last, end, MemoryCheckSubject.NoStarts(1, Batch)).Output);
        other.Step(All, MemoryCheckSubject.Floats(last), output);
        if (MemoryCheckSubject.Difference(output, wanted) is { } found)
            subject.Error(Moving, $"From a state that learning gave, acting does not go on as learning does: {found}.", "Load must take the canonical state, and derive anew what is derived from it.");
    }

    public static void RowsApart(MemoryCheckSubject subject)
    {
        const int Steps = 7;
        int d = subject.Width;
        IMemoryKernel together = subject.Kernel(Batch);
        IMemoryKernel[] alone = [.. All.Select(_ => subject.Kernel(1))];
        int[] order = [2, 0, 1];
        var outputs = new float[Batch * d];
        var output = new float[d];
        for (int t = 0; t < Steps; t++)
        {
            float[] x = MemoryCheckSubject.Floats(subject.Inputs(1, Batch, (ulong)(80 + t)));
            if (t == 4)
            {
                together.Reset(1);
                alone[1].Reset(0);
            }
            together.Step(order, x, outputs);
            for (int i = 0; i < Batch; i++)
            {
                alone[order[i]].Step([0], x.AsSpan(i * d, d), output);
                if (MemoryCheckSubject.Difference(outputs.AsSpan(i * d, d), output, 0) is not { } difference) continue;
                subject.Error(Rows, $"Row {order[i]} gives other bits beside other rows than alone: {difference}.", "The input's and output's i-th row belong to the row rows[i]; every sum must run in one order, however many rows there are.");
                return;
            }
        }
    }

    public static void PeekKeeps(MemoryCheckSubject subject)
    {
        IMemoryKernel kernel = subject.Kernel(Batch);
        int size = kernel.Layout.Size;
        float[] x = MemoryCheckSubject.Floats(subject.Inputs(1, Batch, 90)), y = MemoryCheckSubject.Floats(subject.Inputs(1, Batch, 91));
        float[] peeked = new float[x.Length], stepped = new float[x.Length], before = new float[Batch * size], after = new float[Batch * size];
        kernel.Step(All, x, stepped);
        foreach (int row in All) kernel.Save(row, before.AsSpan(row * size, size));
        kernel.Peek(All, y, peeked);
        foreach (int row in All) kernel.Save(row, after.AsSpan(row * size, size));
        kernel.Step(All, y, stepped);
        if (MemoryCheckSubject.Difference(after, before, 0) is { } changed) subject.Error(Peeking, $"Peek changes the state: {changed}.", "It must give what Step would give, and keep nothing.");
        else if (MemoryCheckSubject.Difference(peeked, stepped, 0) is { } differs) subject.Error(Peeking, $"Peek gives something else than Step: {differs}.", "It must give what Step would give, bit for bit.");
    }

    public static void TakesNewWeights(MemoryCheckSubject subject)
    {
        MemoryWeights other = subject.OtherWeights();
        IMemoryKernel kernel = subject.Kernel(1), expected = other.CreateKernel(1);
        float[] x = MemoryCheckSubject.Floats(subject.Inputs(1, 1, 95)), actual = new float[x.Length], wanted = new float[x.Length];
        var state = new float[kernel.Layout.Size];
        kernel.Step([0], x, actual);
        kernel.Save(0, state);
        kernel.Swap(other);
        expected.Load(0, state);
        kernel.Step([0], x, actual);
        expected.Step([0], x, wanted);
        if (MemoryCheckSubject.Difference(actual, wanted, 0) is { } difference)
            subject.Error(Swapping, $"After Swap a row does not go on with its state and the new weights: {difference}.", "Keep the states, and derive anew what was derived from them by the old weights.");
    }

    public static void RefusesDamage(MemoryCheckSubject subject)
    {
        IMemoryKernel kernel = subject.Kernel(1);
        var state = new float[kernel.Layout.Size];
        if (state.Length == 0) return;
        state[0] = float.NaN;
        if (!Refuses(() => kernel.Load(0, state))) subject.Error(Damage, "Load takes a state with NaN.", "Throw an ArgumentException before anything changes, as RowwiseKernel does.");
        if (!Refuses(() => kernel.Load(0, new float[state.Length + 1]))) subject.Error(Damage, "Load takes a state that is too long.", "Throw an ArgumentException before anything changes, as RowwiseKernel does.");
        if (!Refuses(() => kernel.Reset(1))) subject.Error(Damage, "Reset takes a row that does not exist.", "Throw an ArgumentException, as RowwiseKernel does.");

        static bool Refuses(Action call)
        {
            try
            {
                call();
                return false;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }

    public static void AllocatesNothing(MemoryCheckSubject subject)
    {
        const int Calls = 2000;
        IMemoryKernel kernel = subject.Kernel(Batch);
        float[] x = MemoryCheckSubject.Floats(subject.Inputs(1, Batch, 99)), y = new float[x.Length];
        long allocated = long.MaxValue;
        // The runtime allocates now and then while it compiles; a kernel that allocates does so in every round.
        for (int round = 0; round < 5 && allocated > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Calls; i++)
            {
                kernel.Step(All, x, y);
                kernel.Peek(All, x, y);
                kernel.Reset(i % Batch);
            }
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        if (allocated > 0) subject.Error(Allocation, FormattableString.Invariant($"Step, Peek and Reset allocate {(double)allocated / Calls:0.#} bytes per call of all three."), "Make scratch once, in the constructor; look for closures, enumerators and arrays.");
    }

    public static void StatesCosts(MemoryCheckSubject subject)
    {
        MemoryWeights weights = subject.Weights();
        foreach (int position in (ReadOnlySpan<int>)[0, 1, 1000])
        {
            long bytes = weights.BytesPerStep(position);
            if (bytes < 0 || weights.OperationsPerStep(position) < 0) subject.Error(Costs, $"OperationsPerStep or BytesPerStep is negative at position {position}.", "Count what a step multiplies and reads.");
            else if (bytes < weights.Layout.Bytes && weights.Layout.Blocks.All(block => !block.IsWindow)) subject.Warn(Costs, $"A step is said to read {bytes} bytes, fewer than the state's {weights.Layout.Bytes}.", "Count the state too: the floor that benchmarks print is made of these numbers.");
        }
    }

    private static string Text(MemoryLayout layout) => layout.Size == 0 ? "nothing" : string.Join(", ", layout.Blocks.Select(block => $"{block.Name} [{string.Join(", ", block.Shape)}]"));
}
