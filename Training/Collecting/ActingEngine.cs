using RLSeq.Agents;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>The engine that acts while collecting: it makes the agents of a collector's slices and brings them new weights.</summary>
public abstract class ActingEngine
{
    /// <summary>The engine of that name.</summary>
    /// <param name="name"><see cref="ActingChoice.Managed"/> or <see cref="ActingChoice.Torch"/>.</param>
    /// <param name="network">What learns, and acts.</param>
    /// <param name="threads">Threads of libtorch, where it acts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name is neither.</exception>
    public static ActingEngine Of(string name, ActorCritic network, int threads) => name switch
    {
        ActingChoice.Managed => new ManagedActing(network),
        ActingChoice.Torch => new TorchActing(network, threads),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"An acting engine is {ActingChoice.Managed} or {ActingChoice.Torch}; resolve {ActingChoice.Auto} before."),
    };

    /// <summary>How many slices collect side by side.</summary>
    /// <param name="threads">The collecting threads that were asked for.</param>
    public abstract int SlicesOf(int threads);

    /// <summary>Makes the agents of one slice; whoever asked disposes of those that are disposable.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="seed">Keys their sampling.</param>
    /// <param name="firstRow">The number of the first among all rows.</param>
    public abstract IAgentBatch CreateAgents(int rows, ulong seed, int firstRow);

    /// <summary>From now on the agents act with the network's current weights; every row keeps its state.</summary>
    public abstract void TakeWeights();

    /// <summary>Prepares the calling thread, on which a slice is about to act.</summary>
    public virtual void ArriveOn()
    {
    }

    /// <summary>The managed engine: the weights are packed anew after every update, and every thread has a slice.</summary>
    private sealed class ManagedActing(ActorCritic network) : ActingEngine
    {
        private readonly List<AgentBatch> _agents = [];
        private PolicyNetwork _packed = PolicyNetwork.From(network.Export());

        public override int SlicesOf(int threads) => threads;

        public override IAgentBatch CreateAgents(int rows, ulong seed, int firstRow)
        {
            var agents = new AgentBatch(_packed, rows, seed, firstRow);
            _agents.Add(agents);
            return agents;
        }

        public override void TakeWeights()
        {
            _packed = PolicyNetwork.From(network.Export());
            foreach (AgentBatch agents in _agents) agents.Network = _packed;
        }
    }

    /// <summary>libtorch: one slice of all rows, since a call pays only when it is wide, and libtorch has threads of its own.</summary>
    private sealed class TorchActing(ActorCritic network, int threads) : ActingEngine
    {
        public override int SlicesOf(int threads) => 1;

        public override IAgentBatch CreateAgents(int rows, ulong seed, int firstRow) => new TorchAgentBatch(network, rows, seed, firstRow);

        public override void TakeWeights()
        {
            // It acts with the network itself.
        }

        // libtorch keeps the number per thread.
        public override void ArriveOn() => set_num_threads(threads);
    }
}
