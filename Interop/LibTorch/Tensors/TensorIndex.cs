namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a tensor is indexed with along one dimension. Numbers, ranges and pairs convert to it implicitly.</summary>
    public readonly struct TensorIndex
    {
        private TensorIndex(Kind kind, long? first = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            What = kind;
            First = first;
            Stop = stop;
            Step = step;
            Indices = tensor;
        }

        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        /// <summary>All dimensions that the other indices leave over.</summary>
        public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

        /// <summary>A new dimension of length 1.</summary>
        public static TensorIndex None { get; } = new(Kind.None);

        /// <summary>A new dimension of length 1.</summary>
        public static TensorIndex Null { get; } = new(Kind.Null);

        /// <summary>All indices.</summary>
        public static TensorIndex Colon { get; } = new(Kind.Slice);

        internal Kind What { get; }

        internal long? First { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal Tensor? Indices { get; }

        /// <summary>A range.</summary>
        /// <param name="start">The first index; 0 when not given; negative ones count from the end.</param>
        /// <param name="stop">The index after the last; the end when not given.</param>
        /// <param name="step">From one index to the next; 1 when not given.</param>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);

        /// <summary>A range.</summary>
        /// <param name="range">The range.</param>
        public static TensorIndex Slice(Range range) => new(
            Kind.Slice,
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value);

        /// <summary>A new dimension that keeps everything or nothing.</summary>
        /// <param name="value">Whether everything.</param>
        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        /// <summary>One index; the dimension disappears.</summary>
        /// <param name="index">The index; negative ones count from the end.</param>
        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        /// <summary>Several indices, or a mask over as many dimensions as it has.</summary>
        /// <param name="tensor">Int64 indices, or bools.</param>
        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        /// <summary>One index; the dimension disappears.</summary>
        /// <param name="value">The index.</param>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range.</summary>
        /// <param name="range">The first index and the index after the last.</param>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>A range.</summary>
        /// <param name="range">The range.</param>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One index; the dimension disappears.</summary>
        /// <param name="index">The index.</param>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}
