namespace RLSeq.Training;

/// <summary>The gradients that the threads found for their parts of a minibatch, made one.</summary>
internal static class Gradients
{
    /// <summary>Adds up the parts' gradients, and clips the sums by their norm (Pascanu, Mikolov and Bengio 2013).</summary>
    /// <param name="parts">One gradient per parameter in each; null where a parameter takes no part, in all parts alike.</param>
    /// <param name="maxNorm">The greatest norm; 0 for any.</param>
    /// <returns>The gradients that are not null, and their norm before clipping. Nothing waits for the norm: it stays on the device.</returns>
    public static (Tensor[] Gradients, Tensor Norm) Merge(Tensor?[][] parts, double maxNorm)
    {
        Tensor[] sums = [.. parts[0].OfType<Tensor>().Select(gradient => gradient.contiguous())];
        if (FusedLearning.Serves(sums[0].device))
        {
            Tensor[] all = [.. sums, .. parts.Skip(1).SelectMany(part => part.OfType<Tensor>())];
            return (sums, FusedLearning.MergeGradients(all, parts.Length, maxNorm));
        }
        foreach (Tensor?[] part in parts.Skip(1))
        {
            int next = 0;
            foreach (Tensor gradient in part.OfType<Tensor>()) sums[next++].add_(gradient);
        }
        Tensor norm = stack([.. sums.Select(gradient => gradient.norm())], 0).norm();
        if (maxNorm > 0)
        {
            Tensor scale = (maxNorm / (norm + 1e-6)).clamp(max: 1);
            foreach (Tensor gradient in sums) gradient.mul_(scale);
        }
        return (sums, norm);
    }
}
