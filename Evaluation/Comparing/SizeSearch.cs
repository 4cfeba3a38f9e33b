using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Gives the memories of a comparison equal sizes. For equal parameters, the width (<c>network.hidden</c>) is chosen that brings the learned
/// numbers nearest to the target; all else stays as configured. For equal state, a memory with a context keeps its width and gets the
/// context (<c>memory.context</c>, at least 1) that brings the bytes nearest, and a smaller width only where a context of 1 takes too much;
/// any other memory gets the width. Of two that are equally near the smaller is taken. Only sizes that a memory allows are tried.
/// </summary>
internal static class SizeSearch
{
    /// <summary>As the configuration allows them.</summary>
    private const int MostHidden = 65_536, MostContext = 1 << 24;

    /// <summary>Finds the sizes of every memory on every environment.</summary>
    /// <param name="plan">The plan, with its wish.</param>
    /// <exception cref="UserInputException">There is no target to be had, or a size does not fit this machine.</exception>
    public static IReadOnlyList<PlannedSizes> Find(ComparisonPlan plan)
    {
        EqualSizes equal = plan.Equal ?? throw new InvalidOperationException("The plan does not ask for equal sizes.");
        var sizes = new List<PlannedSizes>();
        foreach (string name in plan.Environments)
        {
            using IEnvironment environment = NamedEnvironment.Find(name, plan.Training.EnvironmentOptions).Create();
            long target = equal.Amount ?? Of(plan.Memories[0], environment, equal.By, 1, plan.Training).Found;
            if (target == 0)
                throw new UserInputException($"--equal state takes the state of the first memory, and {plan.Memories[0]} has none; name another first, or say how many bytes: --equal state=4096.");
            foreach (string memory in plan.Memories)
                sizes.Add(new PlannedSizes(name, memory, equal.Amount is null && memory == plan.Memories[0]
                    ? Of(memory, environment, equal.By, target, plan.Training)
                    : Nearest(plan, memory, environment, equal.By, target)));
        }
        return sizes;
    }

    private static MemorySizes Nearest(ComparisonPlan plan, string memory, IEnvironment environment, EqualBy by, long target)
    {
        TrainingConfiguration start = plan.Training;
        int hidden = start.Network.Hidden, context = Math.Max(1, start.Memory.Context);
        TrainingConfiguration? found;
        if (by == EqualBy.State && Amount(Sized(hidden, context)) != Amount(Sized(hidden, context + 1)))
        {
            TrainingConfiguration inContext = Sized(hidden, new ClosestSize(size => Amount(Sized(hidden, size)), 1, MostContext).Find(context, target) ?? context);
            bool tooWide = Amount(Sized(hidden, 1)) > target;
            found = tooWide && new ClosestSize(size => Amount(Sized(size, 1)), 1, hidden).Find(Math.Max(1, hidden / 2), target) is { } narrower ? Sized(narrower, 1) : inContext;
        }
        else
        {
            found = new ClosestSize(size => Amount(Sized(size, start.Memory.Context)), 1, MostHidden).Find(hidden, target) is { } width ? Sized(width, start.Memory.Context) : null;
        }
        return Of(memory, environment, by, target, found ?? start) with { Adjustable = found is not null };

        TrainingConfiguration Sized(int width, int steps) => start with { Network = start.Network with { Hidden = width }, Memory = start.Memory with { Name = memory, Context = steps } };

        long? Amount(TrainingConfiguration configuration)
        {
            try
            {
                return by == EqualBy.State ? StateBytes(configuration) : Parameters(configuration, environment);
            }
            catch (UserInputException)
            {
                return null; // a size that this memory does not allow
            }
        }
    }

    private static MemorySizes Of(string memory, IEnvironment environment, EqualBy by, long target, TrainingConfiguration sized)
    {
        TrainingConfiguration configuration = sized with { Memory = sized.Memory with { Name = memory } };
        return new MemorySizes
        {
            By = by,
            Target = target,
            Hidden = configuration.Network.Hidden,
            Context = configuration.Memory.Context,
            Parameters = Parameters(configuration, environment),
            StateBytes = StateBytes(configuration),
        };
    }

    private static long StateBytes(TrainingConfiguration configuration)
    {
        MemoryBudget.CheckActing(configuration);
        using Memory memory = MemoryRegistry.Create(configuration.MemorySettings);
        return memory.Layout.Bytes;
    }

    /// <summary>As a report counts them: the numbers of the exported policy.</summary>
    private static long Parameters(TrainingConfiguration configuration, IEnvironment environment)
    {
        MemoryBudget.CheckActing(configuration);
        using var network = new ActorCritic(environment.ObservationSpace, environment.ActionSpace, configuration.MemorySettings, configuration.Network.EncoderLayers);
        return RunReader.Parameters(network.Export());
    }
}
