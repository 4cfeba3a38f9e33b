using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether each element equals the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor eq(Tensor target) => Aten.EqTensor.Call(this, target);

        /// <summary>Whether each element equals a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor eq(Scalar target) => Aten.EqScalar.Call(this, target);

        /// <summary>Element by element ==.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Element by element ==.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Element by element ==.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Whether each element differs from the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor ne(Tensor target) => Aten.NeTensor.Call(this, target);

        /// <summary>Whether each element differs from a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor ne(Scalar target) => Aten.NeScalar.Call(this, target);

        /// <summary>Element by element !=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Element by element !=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Element by element !=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Whether each element is less than the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor lt(Tensor target) => Aten.LtTensor.Call(this, target);

        /// <summary>Whether each element is less than a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor lt(Scalar target) => Aten.LtScalar.Call(this, target);

        /// <summary>Element by element &lt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Element by element &lt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Element by element &lt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Whether each element is at most the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor le(Tensor target) => Aten.LeTensor.Call(this, target);

        /// <summary>Whether each element is at most a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor le(Scalar target) => Aten.LeScalar.Call(this, target);

        /// <summary>Element by element &lt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Element by element &lt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Element by element &lt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Whether each element is greater than the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor gt(Tensor target) => Aten.GtTensor.Call(this, target);

        /// <summary>Whether each element is greater than a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor gt(Scalar target) => Aten.GtScalar.Call(this, target);

        /// <summary>Element by element &gt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Element by element &gt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Element by element &gt;.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Whether each element is at least the other's.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor ge(Tensor target) => Aten.GeTensor.Call(this, target);

        /// <summary>Whether each element is at least a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor ge(Scalar target) => Aten.GeScalar.Call(this, target);

        /// <summary>Element by element &gt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Element by element &gt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Element by element &gt;=.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>Whether both elements are not zero.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_and(Tensor other) => Aten.LogicalAnd.Call(this, other);

        /// <summary>Whether both elements are not zero. Changes this tensor.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_and_(Tensor other)
        {
            Aten.LogicalAnd_.Run(this, other);
            return this;
        }

        /// <summary>Whether either element is not zero.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_or(Tensor other) => Aten.LogicalOr.Call(this, other);

        /// <summary>Whether either element is not zero. Changes this tensor.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_or_(Tensor other)
        {
            Aten.LogicalOr_.Run(this, other);
            return this;
        }

        /// <summary>Whether exactly one of both elements is not zero.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_xor(Tensor other) => Aten.LogicalXor.Call(this, other);

        /// <summary>Whether exactly one of both elements is not zero. Changes this tensor.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logical_xor_(Tensor other)
        {
            Aten.LogicalXor_.Run(this, other);
            return this;
        }

        /// <summary>The bits of both elements combined by &amp;; the logical operator on bools.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor bitwise_and(Tensor other) => Aten.BitwiseAndTensor.Call(this, other);

        /// <summary>The bits of both elements combined by &amp;; the logical operator on bools.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>The bits of both elements combined by |; the logical operator on bools.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor bitwise_or(Tensor other) => Aten.BitwiseOrTensor.Call(this, other);

        /// <summary>The bits of both elements combined by |; the logical operator on bools.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The bits of both elements combined by ^; the logical operator on bools.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor bitwise_xor(Tensor other) => Aten.BitwiseXorTensor.Call(this, other);

        /// <summary>The bits of both elements combined by ^; the logical operator on bools.</summary>
        /// <param name="left">The left side.</param>
        /// <param name="right">The right side.</param>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        /// <summary>Each element with its bits turned; logical not of bools.</summary>
        /// <param name="left">The elements.</param>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        /// <summary>Whether all elements are equal within atol + rtol·|other|.</summary>
        /// <param name="target">The other tensor.</param>
        /// <param name="rtol">The relative tolerance.</param>
        /// <param name="atol">The absolute tolerance.</param>
        /// <param name="equal_nan">Whether NaN equals NaN.</param>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Aten.Allclose.CallBool(this, target, rtol, atol, equal_nan);

        /// <summary>Whether each element is equal to the other's within atol + rtol·|other|.</summary>
        /// <param name="other">The other tensor.</param>
        /// <param name="rtol">The relative tolerance.</param>
        /// <param name="atol">The absolute tolerance.</param>
        /// <param name="nanEqual">Whether NaN equals NaN.</param>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Aten.Isclose.Call(this, other, rtol, atol, nanEqual);

        /// <summary>Whether each element equals the other's: <see cref="eq(Tensor)"/>. For one answer see <see cref="Equals(Tensor)"/>.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether both tensors have the same shape and equal elements.</summary>
        /// <param name="target">The other tensor.</param>
        public bool Equals(Tensor target) => target is not null && Aten.Equal.CallBool(this, target);

        /// <summary>Whether both tensors have the same shape and equal elements.</summary>
        /// <param name="obj">The other tensor.</param>
        public override bool Equals(object? obj) => obj is Tensor target && Equals(target);

        /// <summary>The identity of the wrapper, since elements can change.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
