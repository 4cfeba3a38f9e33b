using System.Runtime.InteropServices;
using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of one set of tensors with respect to another.</summary>
    public static class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs, returned instead of added to <see cref="Tensor.grad"/>.</summary>
        /// <param name="outputs">What to differentiate.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">The gradients with respect to the outputs; 1 when not given.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="allow_unused">Whether an input may take no part; its gradient is then null.</param>
        /// <exception cref="ExternalException">libtorch refused.</exception>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs);
            nint[] to = Handles(inputs);
            nint[] seeds = Handles(grad_outputs);
            var results = new nint[to.Length];
            fixed (nint* fromPointer = from, toPointer = to, seedPointer = seeds, resultPointer = results)
            {
                int status = Native.rlt_gradients(fromPointer, from.Length, toPointer, to.Length, seedPointer, seeds.Length, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, resultPointer);
                if (status < 0)
                    throw TorchException.Last($"autograd.grad(outputs: {Describe(outputs)}, inputs: {Describe(inputs)})");
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            var gradients = new Tensor[results.Length];
            for (int i = 0; i < results.Length; i++)
                gradients[i] = results[i] == 0 ? null! : new Tensor(results[i]);
            return gradients;
        }

        /// <summary>Adds gradients to the <see cref="Tensor.grad"/> of all leaves that the tensors depend on.</summary>
        /// <param name="tensors">What to differentiate.</param>
        /// <param name="grad_tensors">The gradients with respect to the tensors; 1 when not given.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass; as <paramref name="create_graph"/> when not given.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="inputs">The only leaves that get gradients.</param>
        /// <exception cref="ExternalException">libtorch refused.</exception>
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward(tensors, grad_tensors, retain_graph ?? create_graph, create_graph, inputs);

        internal static unsafe void Backward(IList<Tensor> tensors, IList<Tensor>? seeds, bool retainGraph, bool createGraph, IList<Tensor>? inputs)
        {
            nint[] from = Handles(tensors);
            nint[] gradients = Handles(seeds);
            nint[] leaves = Handles(inputs);
            fixed (nint* fromPointer = from, gradientPointer = gradients, leafPointer = leaves)
            {
                int status = Native.rlt_backward(fromPointer, from.Length, gradientPointer, gradients.Length, leafPointer, leaves.Length, retainGraph ? 1 : 0, createGraph ? 1 : 0);
                if (status < 0)
                    throw TorchException.Last($"backward({Describe(tensors)})");
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(seeds);
            GC.KeepAlive(inputs);
        }

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null)
                return [];
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++)
                handles[i] = tensors[i].Handle;
            return handles;
        }

        private static string Describe(IList<Tensor> tensors) => string.Join(", ", tensors);
    }
}
