using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// What PPO trains: encoder, memory, and two linear heads, one for the action distribution and one for the value.
/// It exports itself as the <see cref="PolicyDefinition"/> that the acting engine runs.
/// </summary>
public sealed class ActorCritic : nn.Module
{
    private readonly Linear _policyHead, _valueHead;
    [ComponentName("log_std")] private readonly Parameter? _logDeviations;

    /// <summary>Makes the network with freshly drawn weights (torch's generator decides them: seed it before).</summary>
    /// <param name="observationSpace">The observations.</param>
    /// <param name="actionSpace">The actions.</param>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">The number of layers before the memory, at least 1.</param>
    /// <exception cref="UserInputException">A size is impossible, or a space is not supported.</exception>
    public ActorCritic(Space observationSpace, Space actionSpace, MemorySettings memory, int encoderLayers) : base("actor_critic")
    {
        (ObservationSpace, ActionSpace) = (observationSpace, actionSpace);
        Distribution = ActionDistribution.For(actionSpace);
        Encoder = new ObservationEncoder(observationSpace, memory.Hidden, encoderLayers);
        Memory = MemoryRegistry.Create(memory);
        // A small policy head makes the first policy nearly uniform (Andrychowicz et al. 2021).
        _policyHead = Initialization.Linear(memory.Hidden, Outputs(fromState: true), 0.01);
        int deviations = Outputs(fromState: false);
        if (deviations > 0) _logDeviations = nn.Parameter(zeros(deviations));
        _valueHead = Initialization.Linear(memory.Hidden, 1, 1);
        register_module("encoder", Encoder);
        register_module("memory", Memory);
        register_module("policy", _policyHead);
        register_module("value", _valueHead);
        register_parameter("log_std", _logDeviations);
    }

    /// <summary>The observations it takes.</summary>
    public Space ObservationSpace { get; }

    /// <summary>The actions it gives.</summary>
    public Space ActionSpace { get; }

    /// <summary>How the policy head's outputs are read.</summary>
    public ActionDistribution Distribution { get; }

    /// <summary>Observations to features.</summary>
    public ObservationEncoder Encoder { get; }

    /// <summary>Features to features, over time.</summary>
    public Memory Memory { get; }

    /// <summary>The number of trained parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="observation">Raw observations, <c>[T, B, O]</c>.</param>
    /// <param name="state">The memory's state before the first step.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>The parameters of the action distribution <c>[T, B, A]</c> (logits, where all actions are discrete), values <c>[T, B]</c> and the memory's state after the last step.</returns>
    public (Tensor Logits, Tensor Values, MemoryState State) Forward(Tensor observation, MemoryState state, Tensor starts)
    {
        (Tensor features, MemoryState after) = Memory.Forward(Encoder.Forward(observation), state, starts);
        using DisposeScope scope = NewDisposeScope();
        (Tensor weight, Tensor bias) = PolicyRows();
        return (nn.functional.linear(features, weight, bias).MoveToOuterDisposeScope(), _valueHead.call(features).squeeze(-1).MoveToOuterDisposeScope(), after);
    }

    /// <summary>The policy as data, with the current weights copied.</summary>
    public PolicyDefinition Export()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        var memory = new PolicyWriter();
        Memory.Export(memory);
        (Tensor policyWeight, Tensor policyBias) = PolicyRows();
        return new PolicyDefinition(
            ObservationSpace, ActionSpace, Encoder.Export(), memory.ToModule(Memory.GetName()), Head(policyWeight, policyBias), Head(_valueHead.weight!, _valueHead.bias!))
        {
            Normalization = Encoder.Normalization,
        };

        static PolicyModule Head(Tensor weight, Tensor bias)
        {
            var writer = new PolicyWriter();
            writer.Weights("weight", weight);
            writer.Weights("bias", bias);
            return writer.ToModule("linear");
        }
    }

    /// <summary>
    /// The policy head as one linear layer, its rows in the distribution's order: a parameter that does not depend on the state has
    /// weights of zero and itself as the bias, so that acting needs to know nothing of it.
    /// </summary>
    private (Tensor Weight, Tensor Bias) PolicyRows()
    {
        (Tensor weight, Tensor bias) = (_policyHead.weight!, _policyHead.bias!);
        if (_logDeviations is null) return (weight, bias);
        var (weights, biases) = (new List<Tensor>(), new List<Tensor>());
        long row = 0, deviation = 0;
        foreach ((int count, bool fromState) in Distribution.Runs)
        {
            weights.Add(fromState ? weight.narrow(0, row, count) : zeros(count, weight.shape[1], dtype: weight.dtype, device: weight.device));
            biases.Add(fromState ? bias.narrow(0, row, count) : _logDeviations.narrow(0, deviation, count));
            if (fromState) row += count;
            else deviation += count;
        }
        return (cat(weights, 0), cat(biases, 0));
    }

    private int Outputs(bool fromState) => Distribution.Runs.Where(run => run.FromState == fromState).Sum(run => run.Count);
}
