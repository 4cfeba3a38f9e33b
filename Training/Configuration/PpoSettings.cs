namespace RLSeq.Training;

/// <summary>Proximal policy optimisation (Schulman et al. 2017): how much is collected, and how it is learned from.</summary>
public sealed record PpoSettings
{
    /// <summary>Environments stepped side by side, N.</summary>
    public int Environments { get; init; } = 32;

    /// <summary>Steps of each environment between updates, T.</summary>
    public int Rollout { get; init; } = 64;

    /// <summary>Length of the sequences that gradients flow through; 0 for the whole rollout.</summary>
    public int Bptt { get; init; }

    /// <summary>Steps run before a sequence without a gradient, to refresh its state with the current weights.</summary>
    public int BurnIn { get; init; }

    /// <summary>Passes over each rollout.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Minibatches per pass, each of whole sequences.</summary>
    public int Minibatches { get; init; } = 4;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Adam's ε, which bounds the step where gradients are tiny.</summary>
    public double AdamEpsilon { get; init; } = 1e-5;

    /// <summary>Whether the learning rate falls linearly to zero over the run.</summary>
    public bool LearningRateDecay { get; init; } = true;

    /// <summary>Discount per step, γ.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>λ of the generalised advantage estimate (Schulman et al. 2016).</summary>
    public double Lambda { get; init; } = 0.95;

    /// <summary>How far the probability ratio may move before its gradient is clipped.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>How far a value may move from its old one; 0 for no clipping.</summary>
    public double ValueClip { get; init; }

    /// <summary>Weight of the value loss.</summary>
    public double ValueCoefficient { get; init; } = 0.5;

    /// <summary>Weight of the entropy bonus.</summary>
    public double EntropyCoefficient { get; init; } = 0.01;

    /// <summary>Largest norm of the gradient; 0 for no clipping.</summary>
    public double MaxGradientNorm { get; init; } = 0.5;

    /// <summary>An update stops after the epoch whose mean KL divergence exceeds this; 0 for never.</summary>
    public double TargetKl { get; init; }

    /// <summary>Whether advantages are normalised in every minibatch.</summary>
    public bool NormalizeAdvantages { get; init; } = true;

    /// <summary>Whether continuous observations are normalised by running statistics.</summary>
    public bool NormalizeObservations { get; init; }

    /// <summary>Whether rewards are divided by the running deviation of their discounted sum.</summary>
    public bool NormalizeRewards { get; init; }
}
