namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A tensor without dimensions that holds one number.</summary>
        /// <param name="value">The number.</param>
        public static implicit operator Tensor(int value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds one number.</summary>
        /// <param name="value">The number.</param>
        public static implicit operator Tensor(long value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds one number.</summary>
        /// <param name="value">The number.</param>
        public static implicit operator Tensor(float value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds one number.</summary>
        /// <param name="value">The number.</param>
        public static implicit operator Tensor(double value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds one bool.</summary>
        /// <param name="value">The bool.</param>
        public static implicit operator Tensor(bool value) => torch.tensor(value);

        /// <summary>A vector with the elements of an array.</summary>
        /// <param name="value">The elements.</param>
        public static implicit operator Tensor(long[] value) => torch.tensor(value);

        /// <summary>A vector with the elements of an array.</summary>
        /// <param name="value">The elements.</param>
        public static implicit operator Tensor(float[] value) => torch.tensor(value);

        /// <summary>A vector with the elements of an array.</summary>
        /// <param name="value">The elements.</param>
        public static implicit operator Tensor(double[] value) => torch.tensor(value);

        /// <summary>Exists so that a number prefers <see cref="Scalar"/> where a method takes either.</summary>
        /// <param name="scalar">Not used.</param>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public static implicit operator Tensor(Scalar scalar) =>
            throw new InvalidOperationException("A scalar does not become a tensor by itself; call torch.tensor.");
    }
}
