using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>Whether gradients are those of the output: against central differences in float64.</summary>
internal static class MemoryGradientChecks
{
    public const string Name = "gradient";

    private const int Steps = 6, Batch = 2;
    private const double Epsilon = 1e-5;

    /// <summary>As many numbers of every parameter are compared; a mistake in a gradient is seldom in one number only.</summary>
    private const int Compared = 24;

    /// <summary>Large and prime, so that the numbers come from all rows and columns of a matrix.</summary>
    private const long Stride = 7919;

    public static void Differences(MemoryCheckSubject subject)
    {
        using Memory memory = subject.Copy();
        memory.to(float64);
        Tensor starts = subject.Starts(Steps, Batch, 0.2, 50), weights = subject.Inputs(Steps, Batch, 51).to(float64);
        Tensor input = subject.Inputs(Steps, Batch, 52).to(float64).requires_grad_();
        // A state that is not the initial one, so that what it feeds is compared too.
        (_, MemoryState begun) = memory.Forward(subject.Inputs(4, Batch, 53).to(float64), memory.InitialState(Batch, input), MemoryCheckSubject.NoStarts(4, Batch));
        MemoryState state = new(begun.Layout, [.. Enumerable.Range(0, begun.Layout.Blocks.Count).Select(block => begun[block].detach())]);
        Tensor output = memory.Forward(input, state, starts).Output;
        if (output.dtype != float64)
        {
            subject.Warn(Name, $"From features in float64 comes an output in {output.dtype}, so gradients were not compared.", "Make constants of the input's type (input.dtype).");
            return;
        }
        Loss(input).backward();
        Compare("the input", input);
        foreach ((string name, Tensor parameter) in memory.named_parameters()) Compare(name, parameter);

        Tensor Loss(Tensor features) => (memory.Forward(features, state, starts).Output * weights).sum();

        void Compare(string what, Tensor variable)
        {
            using IDisposable frozen = no_grad();
            Tensor flat = variable.view(-1);
            int count = (int)flat.shape[0];
            double[] gradient = variable.grad is { } given ? given.contiguous().data<double>().ToArray() : new double[count];
            bool moves = false;
            for (int k = 0; k < Math.Min(count, Compared); k++)
            {
                int i = (int)(k * Stride % count);
                using DisposeScope scope = NewDisposeScope();
                Tensor element = flat.narrow(0, i, 1);
                element.add_(Epsilon);
                double above = Loss(input).item<double>();
                element.sub_(2 * Epsilon);
                double below = Loss(input).item<double>();
                element.add_(Epsilon);
                double difference = (above - below) / (2 * Epsilon);
                moves |= difference != 0;
                if (Math.Abs(difference - gradient[i]) <= 1e-5 * Math.Max(1, Math.Abs(difference))) continue;
                subject.Error(Name, FormattableString.Invariant($"The gradient of {what} is {gradient[i]} for number {i}, and the finite difference {difference}."), "Look for a detached tensor, for a copy of a parameter made in the constructor, or for a mistake in a gradient of your own.");
                return;
            }
            if (!moves) subject.Warn(Name, $"The output does not depend on {what}.", "Leave it out, or use it.");
        }
    }
}
