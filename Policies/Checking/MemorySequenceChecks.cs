namespace RLSeq.Policies;

/// <summary>Whether a sequence means the same however it is cut, where its episodes begin, and beside which rows it stands.</summary>
internal static class MemorySequenceChecks
{
    public const string Cut = "cut", Gradient = "gradient-at-cut", Starts = "starts", Rows = "rows";

    private const int Batch = 4;

    public static void CutAnywhere(MemoryCheckSubject subject)
    {
        const int Steps = 17;
        Tensor x = subject.Inputs(Steps, Batch, 10), starts = subject.Starts(Steps, Batch, 0.15, 11);
        (Tensor whole, MemoryState end) = subject.Memory.Forward(x, subject.Initial(Batch), starts);
        foreach (int length in (ReadOnlySpan<int>)[1, 3, 7, 16])
        {
            MemoryState state = subject.Initial(Batch);
            var parts = new List<Tensor>();
            for (int from = 0; from < Steps; from += length)
            {
                int count = Math.Min(length, Steps - from);
                (Tensor part, state) = subject.Memory.Forward(x.narrow(0, from, count), state, starts.narrow(0, from, count));
                parts.Add(part);
            }
            string? difference = MemoryCheckSubject.Difference(cat(parts, 0), whole) is { } outputs ? $"of the outputs {outputs}"
                : MemoryCheckSubject.Difference(state.ToRows(), end.ToRows()) is { } states ? $"of the state {states}"
                : null;
            if (difference is null) continue;
            subject.Error(Cut, $"A sequence of {Steps} steps gives something else in parts of {length}: {difference}.", "All that a step needs of those before it belongs into the state; look at the first step of a sequence and at what the state is after the last.");
            return;
        }
    }

    public static void StopAtCuts(MemoryCheckSubject subject)
    {
        Tensor first = subject.Inputs(4, 2, 20).requires_grad_(), second = subject.Inputs(4, 2, 21).requires_grad_();
        (_, MemoryState state) = subject.Memory.Forward(first, subject.Initial(2), MemoryCheckSubject.NoStarts(4, 2));
        (Tensor output, _) = subject.Memory.Forward(second, state, MemoryCheckSubject.NoStarts(4, 2));
        output.square().sum().backward();
        if (second.grad is null) subject.Error(Gradient, "No gradient reaches the input.", "Compute the output from the input with differentiable operators, and do not detach it.");
        if (first.grad is { } leaked && leaked.abs().max().item<float>() > 0)
            subject.Error(Gradient, "A gradient flows through the state into the sequence before.", "Detach the state where Forward begins: state[0].detach(). Sequences are learned from one by one, by weights that have changed in between.");
    }

    public static void StartAnew(MemoryCheckSubject subject)
    {
        const int Steps = 14;
        Tensor x = subject.Inputs(Steps, Batch, 30);
        var flags = new bool[Steps * Batch];
        for (int row = 0; row < Batch; row++) flags[(3 * row * Batch) + row] = true; // row r begins anew at step 3r
        // A state full of something: what leaks shows.
        (_, MemoryState used) = subject.Memory.Forward(subject.Inputs(9, Batch, 31), subject.Initial(Batch), MemoryCheckSubject.NoStarts(9, Batch));
        (Tensor output, _) = subject.Memory.Forward(x, used, tensor(flags, [Steps, Batch]));
        for (int row = 0; row < Batch; row++)
        {
            int from = 3 * row, count = Steps - from;
            (Tensor anew, _) = subject.Memory.Forward(x.narrow(0, from, count).narrow(1, row, 1), subject.Initial(1), MemoryCheckSubject.NoStarts(count, 1));
            if (MemoryCheckSubject.Difference(output.narrow(0, from, count).narrow(1, row, 1), anew, 1e-5) is not { } difference) continue;
            subject.Error(Starts, $"An episode that begins at step {from} of a sequence is not as one that begins in the initial state: {difference}.", "Where starts is true nothing before that step may be seen, neither the sequence's nor the state's. The initial state is all zeros.");
            return;
        }
    }

    public static void RowsApart(MemoryCheckSubject subject)
    {
        const int Steps = 9;
        Tensor x = subject.Inputs(Steps, Batch, 40), starts = subject.Starts(Steps, Batch, 0.2, 41);
        (Tensor together, _) = subject.Memory.Forward(x, subject.Initial(Batch), starts);
        for (int row = 0; row < Batch; row++)
        {
            (Tensor alone, _) = subject.Memory.Forward(x.narrow(1, row, 1), subject.Initial(1), starts.narrow(1, row, 1));
            if (MemoryCheckSubject.Difference(together.narrow(1, row, 1), alone, 1e-5) is not { } difference) continue;
            subject.Error(Rows, $"Row {row} of {Batch} gives something else alone: {difference}.", "Rows are different episodes: let no mean, norm or sum run over the second dimension.");
            return;
        }
    }
}
