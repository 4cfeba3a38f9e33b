namespace TorchSharp.Modules;

/// <summary>An optimiser's options and states.</summary>
public class StateDictionary
{
    internal StateDictionary()
    {
    }

    /// <summary>The options of every group.</summary>
    public List<OptimizerOptions> Options { get; } = [];

    /// <summary>The state of every parameter.</summary>
    public List<OptimizerState> State { get; } = [];
}
