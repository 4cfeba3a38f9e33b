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
            /// <param name="device">Where the vectors live; the CPU when not given.</param>
            /// <param name="dtype">Their type; Float32 when not given.</param>
            public static Modules.Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, Device? device = null, ScalarType? dtype = null) =>
                new(num_embeddings, embedding_dims, padding_idx, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A table of learned vectors.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long? _padding;

        internal Embedding(long count, long length, long? padding, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Embedding))
        {
            _padding = padding;
            weight = torch.nn.Parameter(torch.empty(count, length, dtype, device));
            register_parameter(nameof(weight), weight);
            torch.nn.init.normal_(weight);
            if (padding is not { } index)
                return;
            using IDisposable frozen = torch.no_grad();
            using torch.Tensor row = weight.select(0, index);
            row.zero_();
        }

        /// <summary>The vectors, [count, length].</summary>
        public Parameter weight { get; }

        /// <summary>The vectors of the given numbers.</summary>
        /// <param name="input">The numbers, Int64 or Int32, of any shape.</param>
        /// <returns>The shape of the input and the length of a vector.</returns>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.embedding(input, weight, _padding);
    }
}
