namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's Pendulum-v1: swing a rod up and keep it upright with a torque between -2 and 2. Observes the cosine and sine of the angle
/// and its speed; each step costs angle^2 + 0.1 speed^2 + 0.001 torque^2; truncated after 200 steps.
/// </summary>
public sealed class Pendulum : PendulumTask
{
    /// <summary>Makes the task.</summary>
    public Pendulum() : base(PendulumBody.FullSpace(), length: 200)
    {
    }

    private protected override void Observe(Span<float> observation) => Body.Observe(observation);

    private protected override float Reward(double cost) => (float)-cost;
}
