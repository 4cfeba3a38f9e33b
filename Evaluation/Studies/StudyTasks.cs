using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// The tasks of the claims, each with the settings that all memories share on it. They are what the documentation of training says suits
/// the task, chosen before any memory was compared.
/// </summary>
internal static class StudyTasks
{
    /// <summary>The smallest difference of scores that matters: a twentieth of the way from random actions to the reference.</summary>
    public const double Matters = 0.05;

    /// <summary>Below this score a task has not been learned.</summary>
    public const double Learned = 0.3;

    /// <summary>Returns of cart-poles scatter at the default learning rate.</summary>
    private const double CartPoleRate = 1e-3;

    /// <summary>Where every answer is judged on its own, a short discount takes noise out of the advantages.</summary>
    private const double CardDiscount = 0.9;

    /// <summary>POPGym's cart-poles and their twins.</summary>
    public static Arm CartPole(string environment, string memory, long steps, string wrappers = "") =>
        Make(environment, memory, steps, wrappers, new PpoSettings { LearningRate = CartPoleRate });

    /// <summary>Tasks in which answers are judged one by one.</summary>
    public static Arm Cards(string environment, string memory, long steps, string wrappers = "") =>
        Make(environment, memory, steps, wrappers, new PpoSettings { Discount = CardDiscount });

    /// <summary>Classic control, whose rewards add up to hundreds.</summary>
    public static Arm Control(string environment, string memory, long steps, string wrappers = "") =>
        Make(environment, memory, steps, wrappers, new PpoSettings { NormalizeRewards = true });

    /// <summary>
    /// POPGym's RepeatFirst on 16 decks, cut after some steps: the first card is wanted at every one of them. Gradients flow through 128
    /// steps, and attention sees as many.
    /// </summary>
    public static Arm FirstCard(string memory, long steps, int limit)
    {
        const int Longest = 831, Span = 128;
        Arm arm = Make("RepeatFirstHard", memory, steps, limit < Longest ? $"time-limit={limit}" : "", new PpoSettings { Discount = CardDiscount, Rollout = Span });
        TrainingConfiguration configuration = arm.Configuration with { Memory = arm.Configuration.Memory with { Context = Span } };
        double share = (double)limit / Longest; // every right answer earns 1/831, every wrong one costs as much
        EnvironmentEntry entry = EnvironmentRegistry.Get(configuration.Environment);
        return arm with { Configuration = configuration, Zero = entry.RandomReturn * share, One = entry.ReferenceReturn * share };
    }

    private static Arm Make(string environment, string memory, long steps, string wrappers, PpoSettings ppo) => new(
        memory + (wrappers.Length > 0 && memory == "none" ? $" with {wrappers}" : ""),
        new TrainingConfiguration
        {
            Environment = environment,
            EnvironmentOptions = new EnvironmentOptions { Wrappers = wrappers },
            Memory = new MemoryOptions { Name = memory },
            Steps = steps,
            Device = "cpu", // the same on every machine, and what the budget is counted for
            CheckpointEvery = 0, // a run of seconds is made again rather than resumed
            Ppo = ppo,
        });
}
