namespace RLSeq.Policies;

/// <summary>How weights are drawn: orthogonal, as PPO's implementations do (Saxe et al. 2013), from torch's own generator on the CPU.</summary>
internal static class Initialization
{
    public static Tensor Orthogonal(long rows, long columns, double gain)
    {
        Tensor weight = empty(rows, columns);
        using (no_grad()) nn.init.orthogonal_(weight, gain);
        return weight;
    }

    /// <summary>A linear layer with orthogonal weights and zero bias.</summary>
    public static TorchSharp.Modules.Linear Linear(long inputs, long outputs, double gain)
    {
        TorchSharp.Modules.Linear layer = nn.Linear(inputs, outputs);
        using (no_grad())
        {
            nn.init.orthogonal_(layer.weight!, gain);
            nn.init.zeros_(layer.bias!);
        }
        return layer;
    }
}
