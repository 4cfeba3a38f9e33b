using RLSeq.LibTorch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that looks vectors up by number. They begin normally distributed.</summary>
            /// <param name="num_embeddings">How many vectors.</param>
            /// <param name="embedding_dims">Their length.</param>
            /// <param name="padding_idx">A number whose vector is 0 and does not learn.</param>
            /// <param name="max_norm">The greatest norm of a vector; longer ones are shortened when they are looked up.</param>
            /// <param name="norm_type">The exponent of that norm.</param>
            /// <param name="scale_grad_by_freq">Whether gradients are divided by how often a number occurs.</param>
            /// <param name="sparse">Whether gradients are sparse.</param>
            /// <param name="device">Where the vectors live; the CPU when not given.</param>
            /// <param name="dtype">Their type; Float32 when not given.</param>
            public static Modules.Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Modules.Embedding.Table(num_embeddings, embedding_dims, padding_idx, device, dtype), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A table of learned vectors.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long? _padding;
        private readonly double? _maxNorm;
        private readonly double _normType;
        private readonly bool _scaleByFrequency;
        private readonly bool _sparse;

        internal Embedding(Parameter table, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse)
            : base(nameof(Embedding))
        {
            _padding = padding;
            _maxNorm = maxNorm;
            _normType = normType;
            _scaleByFrequency = scaleByFrequency;
            _sparse = sparse;
            weight = table;
            register_parameter(nameof(weight), weight);
        }

        /// <summary>The vectors, [count, length].</summary>
        public Parameter weight { get; }

        /// <summary>The vectors of the given numbers.</summary>
        /// <param name="input">The numbers, Int64 or Int32, of any shape.</param>
        /// <returns>The shape of the input and the length of a vector.</returns>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (_maxNorm is { } bound)
            {
                using IDisposable frozen = torch.no_grad();
                Aten.EmbeddingRenorm_.Run(weight, input, bound, _normType);
            }

            return Aten.Embedding.Call(weight, input, _padding ?? -1, _scaleByFrequency, _sparse);
        }

        internal static Parameter Table(long count, long length, long? padding, torch.Device? device, torch.ScalarType? dtype)
        {
            Parameter table = torch.nn.Parameter(torch.empty(count, length, dtype, device));
            torch.nn.init.normal_(table);
            if (padding is not { } index)
                return table;
            using IDisposable frozen = torch.no_grad();
            using torch.Tensor row = table.select(0, index);
            row.zero_();
            return table;
        }
    }
}
