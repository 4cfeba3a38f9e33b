using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operators on this tensor are recorded for gradients.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">Set on integers, or cleared on a tensor that was computed.</exception>
        public bool requires_grad
        {
            get
            {
                bool requires = Native.rlt_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return requires;
            }

            set
            {
                if (Native.rlt_set_requires_grad(Handle, value ? 1 : 0) < 0)
                    throw TorchException.Last($"requires_grad_(self: {this})");
                GC.KeepAlive(this);
            }
        }

        /// <summary>The gradient that <see cref="backward()"/> left here, as a new wrapper; null where there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                TorchException.Check(Native.rlt_grad(Handle, &gradient), nameof(grad));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                if (Native.rlt_set_grad(Handle, value?.Handle ?? 0) < 0)
                    throw TorchException.Last($"grad(self: {this})");
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Whether the tensor was made by the user, or needs no gradient.</summary>
        public bool is_leaf
        {
            get
            {
                int leaf = Native.rlt_is_leaf(Handle);
                TorchException.Check(leaf, nameof(is_leaf));
                GC.KeepAlive(this);
                return leaf != 0;
            }
        }

        /// <summary>Sets <see cref="requires_grad"/>.</summary>
        /// <param name="requires_grad">Whether operators on this tensor are recorded.</param>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets <see cref="requires_grad"/>.</summary>
        /// <param name="requires_grad">Whether operators on this tensor are recorded.</param>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that was computed.</summary>
        public void retain_grad()
        {
            if (Native.rlt_retain_grad(Handle) < 0)
                throw TorchException.Last($"retain_grad(self: {this})");
            GC.KeepAlive(this);
        }

        /// <summary>Adds the gradient of this tensor of one element to the <see cref="grad"/> of all leaves that it depends on.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The tensor was not computed from tensors that require gradients, or has several elements.</exception>
        public void backward() => autograd.Backward([this], null, false, false, null);

        /// <summary>Adds gradients to the <see cref="grad"/> of all leaves that this tensor depends on.</summary>
        /// <param name="grad_tensors">The gradient with respect to this tensor; 1 when not given.</param>
        /// <param name="retain_graph">Whether the graph stays for another pass.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated again.</param>
        /// <param name="inputs">The only leaves that get gradients.</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.Backward([this], grad_tensors, retain_graph || create_graph, create_graph, inputs);

        /// <summary>The same elements outside the gradient's graph.</summary>
        public Tensor detach() => Aten.Detach.Call(this);

        /// <summary>Takes this tensor out of the gradient's graph.</summary>
        public Tensor detach_()
        {
            Aten.Detach_.Run(this);
            return this;
        }
    }
}
