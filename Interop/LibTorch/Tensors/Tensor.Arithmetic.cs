using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum element by element.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor add(Tensor target) => Aten.AddTensor.Call(this, target);

        /// <summary>The sum of each element and a number.</summary>
        /// <param name="scalar">The number.</param>
        public Tensor add(Scalar scalar) => Aten.AddScalar.Call(this, scalar);

        /// <summary>This tensor plus alpha times another.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        /// <param name="alpha">The factor of the other tensor.</param>
        public Tensor add(Tensor target, Scalar alpha) => Aten.AddTensor.Call(this, target, alpha);

        /// <summary>Each element plus alpha times a number.</summary>
        /// <param name="scalar">The number.</param>
        /// <param name="alpha">Its factor.</param>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.AddScalar.Call(this, scalar, alpha);

        /// <summary>Adds alpha times another tensor to this one.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        /// <param name="alpha">The factor of the other tensor.</param>
        public Tensor add_(Tensor target, Scalar alpha)
        {
            Aten.AddTensor_.Run(this, target, alpha);
            return this;
        }

        /// <summary>The sum element by element, in this tensor.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor add_(Tensor target)
        {
            Aten.AddTensor_.Run(this, target);
            return this;
        }

        /// <summary>The sum of each element and a number, in this tensor.</summary>
        /// <param name="scalar">The number.</param>
        public Tensor add_(Scalar scalar)
        {
            Aten.AddScalar_.Run(this, scalar);
            return this;
        }

        /// <summary>The difference element by element.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor sub(Tensor target) => Aten.SubTensor.Call(this, target);

        /// <summary>The difference of each element and a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor sub(Scalar target) => Aten.SubScalar.Call(this, target);

        /// <summary>The difference element by element, in this tensor.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor sub_(Tensor target)
        {
            Aten.SubTensor_.Run(this, target);
            return this;
        }

        /// <summary>The difference of each element and a number, in this tensor.</summary>
        /// <param name="target">The number.</param>
        public Tensor sub_(Scalar target)
        {
            Aten.SubScalar_.Run(this, target);
            return this;
        }

        /// <summary>The product element by element.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor mul(Tensor target) => Aten.MulTensor.Call(this, target);

        /// <summary>The product of each element and a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor mul(Scalar target) => Aten.MulScalar.Call(this, target);

        /// <summary>The product element by element, in this tensor.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        public Tensor mul_(Tensor target)
        {
            Aten.MulTensor_.Run(this, target);
            return this;
        }

        /// <summary>The product of each element and a number, in this tensor.</summary>
        /// <param name="target">The number.</param>
        public Tensor mul_(Scalar target)
        {
            Aten.MulScalar_.Run(this, target);
            return this;
        }

        /// <summary>The product element by element.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor multiply(Tensor target) => mul(target);

        /// <summary>The product of each element and a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>The difference element by element.</summary>
        /// <param name="target">The other tensor.</param>
        public Tensor subtract(Tensor target) => sub(target);

        /// <summary>The difference of each element and a number.</summary>
        /// <param name="target">The number.</param>
        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>The quotient element by element.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.DivTensor.Call(this, target) : Aten.DivTensorMode.Call(this, target, Name(rounding_mode));

        /// <summary>The quotient element by element.</summary>
        /// <param name="target">The number.</param>
        /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Aten.DivScalar.Call(this, target) : Aten.DivScalarMode.Call(this, target, Name(rounding_mode));

        /// <summary>The quotient element by element, in this tensor.</summary>
        /// <param name="target">The other tensor, broadcast.</param>
        /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode == RoundingMode.None)
                Aten.DivTensor_.Run(this, target);
            else
                Aten.DivTensorMode_.Run(this, target, Name(rounding_mode));
            return this;
        }

        /// <summary>The quotient element by element, in this tensor.</summary>
        /// <param name="target">The number.</param>
        /// <param name="rounding_mode">Whether and how the quotient is rounded.</param>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode == RoundingMode.None)
                Aten.DivScalar_.Run(this, target);
            else
                Aten.DivScalarMode_.Run(this, target, Name(rounding_mode));
            return this;
        }

        /// <summary>The greatest integer not above the quotient.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor floor_divide(Tensor other) => Aten.FloorDivide.Call(this, other);

        /// <summary>The remainder with the sign of the divisor.</summary>
        /// <param name="target">The divisor.</param>
        public Tensor remainder(Tensor target) => Aten.RemainderTensor.Call(this, target);

        /// <summary>The remainder with the sign of the divisor.</summary>
        /// <param name="scalar">The divisor.</param>
        public Tensor remainder(Scalar scalar) => Aten.RemainderScalar.Call(this, scalar);

        /// <summary>The remainder with the sign of the dividend.</summary>
        /// <param name="scalar">The divisor.</param>
        public Tensor fmod(Scalar scalar) => Aten.FmodScalar.Call(this, scalar);

        /// <summary>Each element to the power of the other's.</summary>
        /// <param name="exponent">The exponents.</param>
        public Tensor pow(Tensor exponent) => Aten.PowTensorTensor.Call(this, exponent);

        /// <summary>Each element to the power of a number.</summary>
        /// <param name="exponent">The exponent.</param>
        public Tensor pow(Scalar exponent) => Aten.PowTensorScalar.Call(this, exponent);

        /// <summary>Each element to the power of a number, in this tensor.</summary>
        /// <param name="exponent">The exponent.</param>
        public Tensor pow_(Scalar exponent)
        {
            Aten.PowScalar_.Run(this, exponent);
            return this;
        }

        /// <summary>The angle of the point (other, this), in (−π, π].</summary>
        /// <param name="other">The other coordinate.</param>
        public Tensor atan2(Tensor other) => Aten.Atan2.Call(this, other);

        /// <summary>The greater of both elements.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor maximum(Tensor other) => Aten.Maximum.Call(this, other);

        /// <summary>The lesser of both elements.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor minimum(Tensor other) => Aten.Minimum.Call(this, other);

        /// <summary>log(eˣ + eʸ), without overflow.</summary>
        /// <param name="other">The other tensor.</param>
        public Tensor logaddexp(Tensor other) => Aten.Logaddexp.Call(this, other);

        /// <summary>x · log(y), and 0 where x is 0.</summary>
        /// <param name="y">The other tensor.</param>
        public Tensor xlogy(Tensor y) => Aten.XlogyTensor.Call(this, y);

        /// <summary>Each element cut to a range.</summary>
        /// <param name="min">The lower bound; null for none.</param>
        /// <param name="max">The upper bound; null for none.</param>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Call(this, min, max);

        /// <summary>Each element cut to a range of its own.</summary>
        /// <param name="min">The lower bound; null for none.</param>
        /// <param name="max">The upper bound; null for none.</param>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Call(this, min, max);

        /// <summary>Each element cut to a range.</summary>
        /// <param name="min">The lower bound; null for none.</param>
        /// <param name="max">The upper bound; null for none.</param>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>Cuts each element to a range.</summary>
        /// <param name="min">The lower bound; null for none.</param>
        /// <param name="max">The upper bound; null for none.</param>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Aten.Clamp_.Run(this, min, max);
            return this;
        }

        /// <summary>Each element, but at least a number.</summary>
        /// <param name="min">The number.</param>
        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Call(this, min);

        /// <summary>Each element, but at most a number.</summary>
        /// <param name="max">The number.</param>
        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Call(this, max);

        /// <summary>Raises each element to at least a number.</summary>
        /// <param name="min">The number.</param>
        public Tensor clamp_min_(Scalar min)
        {
            Aten.ClampMin_.Run(this, min);
            return this;
        }

        /// <summary>Lowers each element to at most a number.</summary>
        /// <param name="max">The number.</param>
        public Tensor clamp_max_(Scalar max)
        {
            Aten.ClampMax_.Run(this, max);
            return this;
        }

        /// <summary>This tensor plus value · tensor1 · tensor2.</summary>
        /// <param name="tensor1">The first factor.</param>
        /// <param name="tensor2">The second factor.</param>
        /// <param name="value">The number.</param>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcmul.Call(this, tensor1, tensor2, value);

        /// <summary>Adds value · tensor1 · tensor2.</summary>
        /// <param name="tensor1">The first factor.</param>
        /// <param name="tensor2">The second factor.</param>
        /// <param name="value">The number.</param>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.Addcmul_.Run(this, tensor1, tensor2, value);
            return this;
        }

        /// <summary>This tensor plus value · tensor1 / tensor2.</summary>
        /// <param name="tensor1">The numerator.</param>
        /// <param name="tensor2">The denominator.</param>
        /// <param name="value">The number.</param>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>Adds value · tensor1 / tensor2.</summary>
        /// <param name="tensor1">The numerator.</param>
        /// <param name="tensor2">The denominator.</param>
        /// <param name="value">The number.</param>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.Addcdiv_.Run(this, tensor1, tensor2, value);
            return this;
        }

        /// <summary>This tensor plus tensor1 / tensor2.</summary>
        /// <param name="tensor1">The numerator.</param>
        /// <param name="tensor2">The denominator.</param>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        /// <summary>this + weight · (end − this).</summary>
        /// <param name="end">The other end.</param>
        /// <param name="weight">The share of the other end.</param>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.LerpTensor.Call(this, end, weight);

        /// <summary>Moves this tensor towards another: this + weight · (end − this).</summary>
        /// <param name="end">The other end.</param>
        /// <param name="weight">The share of the other end.</param>
        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Aten.LerpTensor_.Run(this, end, weight);
            return this;
        }

        private static string Name(RoundingMode mode) => mode switch
        {
            RoundingMode.floor => "floor",
            RoundingMode.trunc => "trunc",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected floor or trunc."),
        };
    }
}
