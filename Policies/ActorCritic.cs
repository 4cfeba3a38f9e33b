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
        _policyHead = Initialization.Linear(memory.Hidden, Distribution.Parameters, 0.01);
        _valueHead = Initialization.Linear(memory.Hidden, 1, 1);
        register_module("encoder", Encoder);
        register_module("memory", Memory);
        register_module("policy", _policyHead);
        register_module("value", _valueHead);
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
    /// <returns>Logits <c>[T, B, A]</c>, values <c>[T, B]</c> and the memory's state after the last step.</returns>
    public (Tensor Logits, Tensor Values, MemoryState State) Forward(Tensor observation, MemoryState state, Tensor starts)
    {
        (Tensor features, MemoryState after) = Memory.Forward(Encoder.Forward(observation), state, starts);
        return (_policyHead.call(features), _valueHead.call(features).squeeze(-1), after);
    }

    /// <summary>The policy as data, with the current weights copied.</summary>
    public PolicyDefinition Export()
    {
        var memory = new PolicyWriter();
        Memory.Export(memory);
        return new PolicyDefinition(ObservationSpace, ActionSpace, Encoder.Export(), memory.ToModule(Memory.GetName()), Head(_policyHead), Head(_valueHead))
        {
            Normalization = Encoder.Normalization,
        };

        static PolicyModule Head(Linear layer)
        {
            var writer = new PolicyWriter();
            writer.Weights("", layer);
            return writer.ToModule("linear");
        }
    }
}
