namespace RLSeq.Policies;

/// <summary>
/// The linear recurrence <c>h_t = a_t · h_(t−1) + b_t</c> over a whole sequence at once, by a parallel scan (Blelloch 1990) over the
/// pairs (a, b): two neighbours make one, <c>(a, b)</c> and then <c>(a', b')</c> being <c>(a'·a, a'·b + b')</c>. Where an episode
/// begins a is zero, so that nothing is left of the pairs before it. The numbers are real, or complex as <see cref="ComplexPlanes"/>.
/// </summary>
/// <remarks>
/// Neighbours are joined, the sequence of half the length is scanned, and the steps between are filled in. That is log₂ T levels of a
/// few operators each, where going step by step would be T of them, and all levels together multiply about 3·T times per unit.
/// </remarks>
public static class ResettableScan
{
    /// <summary>Scans the first dimension.</summary>
    /// <param name="a">What is kept of the state before, <c>[T, …]</c>, at least one step; zero where an episode begins.</param>
    /// <param name="b">What is added, <c>[T, …]</c>.</param>
    /// <param name="initial">h before the first step, <c>[…]</c>.</param>
    /// <returns>h of all steps, <c>[T, …]</c>.</returns>
    public static Tensor Run(Tensor a, Tensor b, Tensor initial) => Run(a, b, initial, (x, y) => x * y);

    /// <summary>The same of numbers that are multiplied in another way.</summary>
    /// <param name="a">What is kept of the state before, <c>[T, …]</c>, at least one step; zero where an episode begins.</param>
    /// <param name="b">What is added, <c>[T, …]</c>.</param>
    /// <param name="initial">h before the first step, <c>[…]</c>.</param>
    /// <param name="product">The product of two tensors of such numbers.</param>
    /// <returns>h of all steps, <c>[T, …]</c>.</returns>
    public static Tensor Run(Tensor a, Tensor b, Tensor initial, Func<Tensor, Tensor, Tensor> product)
    {
        Tensor first = b.narrow(0, 0, 1) + product(a.narrow(0, 0, 1), initial.unsqueeze(0));
        return Scan(a, b.shape[0] == 1 ? first : cat([first, b.narrow(0, 1, b.shape[0] - 1)], 0), product);
    }

    private static Tensor Scan(Tensor a, Tensor b, Func<Tensor, Tensor, Tensor> product)
    {
        long steps = b.shape[0], half = steps / 2;
        if (steps == 1) return b;
        if (steps % 2 == 1) // with one more step, which no other sees
        {
            Tensor none = zeros_like(b.narrow(0, 0, 1));
            return Scan(cat([a, none], 0), cat([b, none], 0), product).narrow(0, 0, steps);
        }
        (Tensor aEven, Tensor aOdd) = Alternate(a);
        (Tensor bEven, Tensor bOdd) = Alternate(b);
        Tensor odd = Scan(product(aOdd, aEven), bOdd + product(aOdd, bEven), product); // h at 1, 3, 5, …
        Tensor even = bEven; // h at 0, 2, 4, …
        if (half > 1)
        {
            Tensor later = bEven.narrow(0, 1, half - 1) + product(aEven.narrow(0, 1, half - 1), odd.narrow(0, 0, half - 1));
            even = cat([bEven.narrow(0, 0, 1), later], 0);
        }
        return stack([even, odd], 1).flatten(0, 1);
    }

    /// <summary>The steps 0, 2, 4, … and the steps 1, 3, 5, ….</summary>
    private static (Tensor Even, Tensor Odd) Alternate(Tensor x)
    {
        Tensor[] both = x.unflatten(0, [-1, 2]).unbind(1);
        return (both[0], both[1]);
    }
}
