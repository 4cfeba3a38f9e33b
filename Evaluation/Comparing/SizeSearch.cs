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
            long target = equal.Amount ?? Amount(equal.By, Sized(plan, plan.Memories[0]), environment);
            if (target == 0)
                throw new UserInputException($"--equal state takes the state of the first memory, and {plan.Memories[0]} has none; name another first, or say how many bytes: --equal state=4096.");
            foreach (string memory in plan.Memories)
            {
                bool isMeasure = equal.Amount is null && memory == plan.Memories[0];
                sizes.Add(new PlannedSizes(name, memory, isMeasure ? Describe(Sized(plan, memory), environment, equal.By, target) : Nearest(Sized(plan, memory), environment, equal.By, target)));
            }
        }
        return sizes;
    }

    private static TrainingConfiguration Sized(ComparisonPlan plan, string memory) => plan.Training with { Memory = plan.Training.Memory with { Name = memory } };

    private static MemorySizes Nearest(TrainingConfiguration start, IEnvironment environment, EqualBy by, long target)
    {
        int hidden = start.Network.Hidden, context = Math.Max(1, start.Memory.Context);
        if (by == EqualBy.Parameters || !HasContext(start)) return Along(width => WithWidth(start, width), hidden, MostHidden);
        bool tooMuch = Amount(by, WithContext(start, 1), environment) > target;
        return tooMuch ? Along(width => WithWidth(WithContext(start, 1), width), Math.Max(1, hidden / 2), hidden) : Along(steps => WithContext(start, steps), context, MostContext);

        MemorySizes Along(Func<int, TrainingConfiguration> sized, int from, int most)
        {
            Func<int, long?> parameters = Curve(EqualBy.Parameters), state = Curve(EqualBy.State);
            if (new ClosestSize(by == EqualBy.Parameters ? parameters : state, 1, most).Find(from, target) is not { } size)
                return Describe(start, environment, by, target) with { Adjustable = false };
            TrainingConfiguration found = sized(size);
            return new MemorySizes { By = by, Target = target, Hidden = found.Network.Hidden, Context = found.Memory.Context, Parameters = parameters(size)!.Value, StateBytes = state(size)!.Value };

            Func<int, long?> Curve(EqualBy what) => SizeCurve.Of(size =>
            {
                try
                {
                    return Amount(what, sized(size), environment);
                }
                catch (UserInputException)
                {
                    return null; // a size that this memory does not allow
                }
            });
        }
    }

    /// <summary>Two steps apart, since a memory may have a slot for every second step only.</summary>
    private static bool HasContext(TrainingConfiguration start) => StateBytes(WithContext(start, 1)) != StateBytes(WithContext(start, 3));

    private static TrainingConfiguration WithWidth(TrainingConfiguration start, int width) => start with { Network = start.Network with { Hidden = width } };

    private static TrainingConfiguration WithContext(TrainingConfiguration start, int steps) => start with { Memory = start.Memory with { Context = steps } };

    private static MemorySizes Describe(TrainingConfiguration configuration, IEnvironment environment, EqualBy by, long target) => new()
    {
        By = by,
        Target = target,
        Hidden = configuration.Network.Hidden,
        Context = configuration.Memory.Context,
        Parameters = Parameters(configuration, environment),
        StateBytes = StateBytes(configuration),
    };

    private static long Amount(EqualBy what, TrainingConfiguration configuration, IEnvironment environment) =>
        what == EqualBy.State ? StateBytes(configuration) : Parameters(configuration, environment);

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
        return network.Export().Parameters;
    }
}
