using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The matrix product, with broadcast leading dimensions.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="target">The right side.</param>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The product of two matrices.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="target">The right side.</param>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>The products of matrices in pairs.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="batch2">The right side.</param>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <summary>The product of a matrix and a vector.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="target">The right side.</param>
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    /// <summary>The inner product of two vectors.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="target">The right side.</param>
    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);

    /// <summary>The products of all pairs of elements of two vectors.</summary>
    /// <param name="input">The left side.</param>
    /// <param name="vec2">The right side.</param>
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <summary>beta · input + alpha · mat1 · mat2.</summary>
    /// <param name="input">What is added.</param>
    /// <param name="mat1">The left matrix.</param>
    /// <param name="mat2">The right matrix.</param>
    /// <param name="beta">The factor of the input.</param>
    /// <param name="alpha">The factor of the product.</param>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => input.addmm(mat1, mat2, beta, alpha);

    /// <summary>beta · input + alpha · batch1 · batch2, matrices in pairs.</summary>
    /// <param name="input">What is added.</param>
    /// <param name="batch1">The left matrices.</param>
    /// <param name="batch2">The right matrices.</param>
    /// <param name="beta">The factor of the input.</param>
    /// <param name="alpha">The factor of the product.</param>
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.baddbmm(batch1, batch2, beta, alpha);

    /// <summary>A sum of products by the convention of Einstein.</summary>
    /// <param name="equation">The indices, as in "ij,jk->ik".</param>
    /// <param name="tensors">The operands.</param>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.Einsum.Call(equation, tensors);

    /// <summary>Matrix decompositions and norms.</summary>
    public static class linalg
    {
        /// <summary>The QR decomposition in reduced form.</summary>
        /// <param name="input">The matrices.</param>
        public static (Tensor Q, Tensor R) qr(Tensor input) => Aten.LinalgQr.CallPair(input, "reduced");

        /// <summary>The inverse of each matrix.</summary>
        /// <param name="input">The matrices.</param>
        public static Tensor inv(Tensor input) => Aten.LinalgInv.Call(input);

        /// <summary>The norm of vectors.</summary>
        /// <param name="input">The elements.</param>
        /// <param name="ord">The exponent.</param>
        /// <param name="dims">The dimensions; all when not given.</param>
        /// <param name="keepdim">Whether the dimensions stay, with length 1.</param>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgVectorNorm.Call(input, ord, dims, keepdim);
    }
}
