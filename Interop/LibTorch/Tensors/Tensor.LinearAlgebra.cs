using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The matrix product, with broadcast leading dimensions.</summary>
        /// <param name="target">The right side.</param>
        public Tensor matmul(Tensor target) => Aten.Matmul.Call(this, target);

        /// <summary>The product of two matrices.</summary>
        /// <param name="target">The right side.</param>
        public Tensor mm(Tensor target) => Aten.Mm.Call(this, target);

        /// <summary>The products of matrices in pairs.</summary>
        /// <param name="batch2">The right sides.</param>
        public Tensor bmm(Tensor batch2) => Aten.Bmm.Call(this, batch2);

        /// <summary>The product of a matrix and a vector.</summary>
        /// <param name="target">The vector.</param>
        public Tensor mv(Tensor target) => Aten.Mv.Call(this, target);

        /// <summary>The inner product of two vectors.</summary>
        /// <param name="target">The other vector.</param>
        public Tensor dot(Tensor target) => Aten.Dot.Call(this, target);

        /// <summary>The products of all pairs of elements of two vectors.</summary>
        /// <param name="vec2">The other vector.</param>
        public Tensor outer(Tensor vec2) => Aten.Outer.Call(this, vec2);

        /// <summary>beta · this + alpha · mat1 · mat2.</summary>
        /// <param name="mat1">The left matrix.</param>
        /// <param name="mat2">The right matrix.</param>
        /// <param name="beta">The factor of this.</param>
        /// <param name="alpha">The factor of the product.</param>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.Addmm.Call(this, mat1, mat2, beta, alpha);

        /// <summary>Becomes beta · this + alpha · mat1 · mat2.</summary>
        /// <param name="mat1">The left matrix.</param>
        /// <param name="mat2">The right matrix.</param>
        /// <param name="beta">The factor of this.</param>
        /// <param name="alpha">The factor of the product.</param>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            Aten.Addmm_.Run(this, mat1, mat2, beta, alpha);
            return this;
        }

        /// <summary>beta · this + alpha · batch1 · batch2, matrices in pairs.</summary>
        /// <param name="batch1">The left matrices.</param>
        /// <param name="batch2">The right matrices.</param>
        /// <param name="beta">The factor of this.</param>
        /// <param name="alpha">The factor of the product.</param>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Aten.Baddbmm.Call(this, batch1, batch2, beta, alpha);

        /// <summary>The sum of the diagonal of a matrix.</summary>
        public Tensor trace() => Aten.Trace.Call(this);
    }
}
