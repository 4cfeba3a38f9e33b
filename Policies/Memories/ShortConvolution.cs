using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// A causal convolution over the last few steps of an episode, of every unit for itself: <c>y_t = Σ_j w_j·x_(t−j)</c> for j = 0, 1, …, where
/// what was before the episode counts as zero.
/// </summary>
/// <remarks>All steps are computed at once, one product per tap; there is no loop over time.</remarks>
internal static class ShortConvolution
{
    private const int Before = FastWeightForm.Taps - 1;

    /// <summary>Draws w evenly between −½ and ½, as convolutions with four inputs per output are drawn.</summary>
    /// <param name="units">How many units.</param>
    public static Tensor Draw(long units)
    {
        using DisposeScope scope = NewDisposeScope();
        return (rand(units, FastWeightForm.Taps) - 0.5).MoveToOuterDisposeScope();
    }

    /// <summary>Runs T steps of B rows.</summary>
    /// <param name="input">x, <c>[T, B, units]</c>, at least one step.</param>
    /// <param name="weight">w, <c>[units, taps]</c>: the present step first.</param>
    /// <param name="recent">x of the steps before, oldest first, zero where there was none: <c>[B, taps − 1, units]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>y, <c>[T, B, units]</c>.</returns>
    public static Tensor Run(Tensor input, Tensor weight, Tensor recent, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        long steps = input.shape[0];
        Tensor all = cat([recent.transpose(0, 1), input], 0);
        Tensor[] weights = weight.unbind(1);
        Tensor sum = input * weights[0];
        Tensor begun = starts; // whether an episode began in one of the last j steps
        for (int j = 1; j <= Before; j++)
        {
            sum = sum + (all.narrow(0, Before - j, steps).masked_fill(begun.unsqueeze(-1), 0) * weights[j]);
            begun = begun.logical_or(Later(starts, j));
        }
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>What the steps after a sequence see of it.</summary>
    /// <param name="input">x, <c>[T, B, units]</c>.</param>
    /// <param name="recent">As in <see cref="Run"/>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <returns>The last inputs, without a gradient: <c>[B, taps − 1, units]</c>.</returns>
    public static Tensor Recent(Tensor input, Tensor recent, Tensor starts)
    {
        using DisposeScope scope = NewDisposeScope();
        long kept = Math.Min(Before, input.shape[0]);
        var items = new Tensor[Before];
        Tensor gone = zeros_like(starts.select(0, 0)); // whether the episode of step T − j had ended by the last
        for (int j = 0; j < Before; j++)
        {
            Tensor item = j < kept ? input.select(0, -1 - j) : recent.select(1, Before - 1 - (j - kept));
            items[Before - 1 - j] = item.masked_fill(gone.unsqueeze(-1), 0);
            if (j < starts.shape[0]) gone = gone.logical_or(starts.select(0, -1 - j));
        }
        return stack(items, 1).detach().MoveToOuterDisposeScope();
    }

    /// <summary>The starts as they are seen j steps later.</summary>
    private static Tensor Later(Tensor starts, int j)
    {
        long steps = starts.shape[0], moved = Math.Min(j, steps);
        Tensor none = zeros_like(starts.narrow(0, 0, moved));
        return moved == steps ? none : cat([none, starts.narrow(0, 0, steps - moved)], 0);
    }
}
