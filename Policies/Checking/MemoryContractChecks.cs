using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>What a memory says of itself, and the shapes of what it gives.</summary>
internal static class MemoryContractChecks
{
    public const string Name = "name", Shape = "shape";

    public static void Names(MemoryCheckSubject subject)
    {
        string given = subject.Memory.GetName(), chosen = subject.Entry.Name;
        if (given != chosen) subject.Error(Name, $"The memory '{chosen}' gives its base class the name '{given}', which a policy file would name as its kind.", "Use one name.");
    }

    public static void Shapes(MemoryCheckSubject subject)
    {
        const int Steps = 4, Batch = 3;
        Memory memory = subject.Memory;
        if (memory.Width != subject.Width) subject.Error(Shape, $"Width is {memory.Width}, but the memory was made with hidden = {subject.Width}.", "A memory is as wide as the features: MemorySettings.Hidden.");
        (Tensor output, MemoryState state) = memory.Forward(subject.Inputs(Steps, Batch, 1), subject.Initial(Batch), MemoryCheckSubject.NoStarts(Steps, Batch));
        if (!output.shape.AsSpan().SequenceEqual([Steps, Batch, subject.Width]))
            subject.Error(Shape, $"For an input [{Steps}, {Batch}, {subject.Width}] the output has the shape [{string.Join(", ", output.shape)}].", "The output has the shape of the input.");
        if (!state.Layout.Matches(memory.Layout)) subject.Error(Shape, "The state after a step has another layout than the memory.", "Make it with new MemoryState(Layout, …).");
        if (MemoryCheckSubject.Floats(output).Any(value => !float.IsFinite(value)) || state.ToRows().Any(value => !float.IsFinite(value)))
            subject.Error(Shape, "From finite features and finite weights comes NaN or infinity.", "Look for a division by zero, a logarithm of zero, or a softmax over nothing, most likely at the first step.");
        (Tensor nothing, MemoryState same) = memory.Forward(subject.Inputs(0, Batch, 2), state, MemoryCheckSubject.NoStarts(0, Batch));
        if (nothing.numel() != 0 || MemoryCheckSubject.Difference(same.ToRows(), state.ToRows(), 0) is not null)
            subject.Error(Shape, "A sequence of no steps has an output, or changes the state.", "Return (input, state) where input.shape[0] is 0.");
        foreach (MemoryBlock block in memory.Layout.Blocks.Where(block => block.Size < 1)) subject.Error(Shape, $"The block '{block.Name}' of the layout has no numbers.", "Leave it out.");
    }
}
