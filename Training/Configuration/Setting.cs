namespace RLSeq.Training;

/// <summary>One value of a configuration: its key, what it means, and how it is read and changed.</summary>
/// <param name="Key">The dotted key, such as <c>ppo.learning_rate</c>.</param>
/// <param name="Description">One line, with the range.</param>
/// <param name="Read">The value as text.</param>
/// <param name="Write">The configuration with the value changed; throws <see cref="Environments.UserInputException"/> where the text does not fit.</param>
public sealed record Setting(
    string Key,
    string Description,
    Func<TrainingConfiguration, string> Read,
    Func<TrainingConfiguration, string, TrainingConfiguration> Write);
