using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>What the indices select, by NumPy's rules; without index tensors it shares memory. Setting broadcasts.</summary>
        /// <param name="indices">One index per dimension; dimensions that are left over are kept whole.</param>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>What index tensors or masks select, one per dimension. Setting broadcasts.</summary>
        /// <param name="indices">Int64 indices that broadcast together, or masks.</param>
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One index along the first dimension, which disappears.</summary>
        /// <param name="i1">The index.</param>
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(select(0, i1), value);
        }

        /// <summary>One index along each of the first dimensions, which disappear.</summary>
        /// <param name="i1">The first index.</param>
        /// <param name="i2">The second index.</param>
        public Tensor this[long i1, long i2]
        {
            get => Select([i1, i2]);
            set => Assign(Select([i1, i2]), value);
        }

        /// <summary>One index along each of the first dimensions, which disappear.</summary>
        /// <param name="i1">The first index.</param>
        /// <param name="i2">The second index.</param>
        /// <param name="i3">The third index.</param>
        public Tensor this[long i1, long i2, long i3]
        {
            get => Select([i1, i2, i3]);
            set => Assign(Select([i1, i2, i3]), value);
        }

        /// <summary>One index along each of the first dimensions, which disappear.</summary>
        /// <param name="i1">The first index.</param>
        /// <param name="i2">The second index.</param>
        /// <param name="i3">The third index.</param>
        /// <param name="i4">The fourth index.</param>
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Select([i1, i2, i3, i4]);
            set => Assign(Select([i1, i2, i3, i4]), value);
        }

        /// <summary>What the indices select, by NumPy's rules; without index tensors it shares memory.</summary>
        /// <param name="indices">One index per dimension.</param>
        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[]? advanced) = Resolve(indices);
            if (advanced is null)
                return view;
            try
            {
                return Aten.IndexTensor.Call(view, advanced);
            }
            finally
            {
                view.Dispose();
                DisposeMade(indices, advanced);
            }
        }

        /// <summary>What index tensors or masks select, one per dimension.</summary>
        /// <param name="indices">Int64 indices that broadcast together, or masks.</param>
        public Tensor index(params Tensor[] indices) => Aten.IndexTensor.Call(this, indices);

        /// <summary>Sets what the indices select, broadcast.</summary>
        /// <param name="value">The values.</param>
        /// <param name="indices">One index per dimension.</param>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[]? advanced) = Resolve(indices);
            try
            {
                if (advanced is null)
                    Aten.Copy_.Run(view, value);
                else
                    Aten.IndexPut_.Run(view, advanced, value);
                return this;
            }
            finally
            {
                view.Dispose();
                DisposeMade(indices, advanced);
            }
        }

        /// <summary>Sets what index tensors or masks select, broadcast.</summary>
        /// <param name="value">The values.</param>
        /// <param name="indices">Int64 indices that broadcast together, or masks.</param>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        /// <summary>Sets what index tensors or masks select, broadcast.</summary>
        /// <param name="value">The values.</param>
        /// <param name="indices">Int64 indices that broadcast together, or masks.</param>
        /// <param name="accumulate">Whether to add to what is there.</param>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Aten.IndexPut_.Run(this, indices, value, accumulate);
            return this;
        }

        private static void Assign(Tensor view, Tensor value)
        {
            using (view)
                Aten.Copy_.Run(view, value);
        }

        private static void DisposeMade(TensorIndex[] given, Tensor?[]? advanced)
        {
            foreach (Tensor? tensor in advanced ?? [])
            {
                if (tensor is not null && !Array.Exists(given, index => ReferenceEquals(index.Indices, tensor)))
                    tensor.Dispose();
            }
        }

        private Tensor Select(ReadOnlySpan<long> indices)
        {
            Tensor current = select(0, indices[0]);
            foreach (long i in indices[1..])
            {
                using Tensor before = current;
                current = before.select(0, i);
            }

            return current;
        }

        // Slices, numbers and new dimensions are views, taken one after another; tensors are gathered for the index operator.
        private (Tensor View, Tensor?[]? Advanced) Resolve(TensorIndex[] indices)
        {
            Tensor view = alias();
            try
            {
                List<Tensor?>? advanced = null;
                int at = 0;
                foreach (ref readonly TensorIndex index in indices.AsSpan())
                {
                    switch (index.What)
                    {
                        case TensorIndex.Kind.Single:
                            view = Step(view, Aten.SelectInt.Call(view, at, index.First!.Value));
                            break;
                        case TensorIndex.Kind.Slice:
                            if (index.First is not null || index.Stop is not null || index.Step is not null)
                                view = Step(view, Aten.SliceTensor.Call(view, at, index.First, index.Stop, index.Step ?? 1));
                            at++;
                            break;
                        case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                            view = Step(view, view.unsqueeze(at));
                            at++;
                            break;
                        case TensorIndex.Kind.Ellipsis:
                            at += (int)view.Dimensions - at - Taken(indices);
                            break;
                        case TensorIndex.Kind.Bool:
                            view = Step(view, view.unsqueeze(at));
                            Place(ref advanced, at, index.First == 0 ? torch.zeros(0, ScalarType.Int64) : torch.zeros(1, ScalarType.Int64));
                            at++;
                            break;
                        default:
                            Place(ref advanced, at, index.Indices!);
                            at += index.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Indices.Dimensions : 1;
                            break;
                    }
                }

                return (view, advanced?.ToArray());
            }
            catch
            {
                view.Dispose();
                throw;
            }
        }

        private static Tensor Step(Tensor before, Tensor after)
        {
            before.Dispose();
            return after;
        }

        private static void Place(ref List<Tensor?>? advanced, int at, Tensor tensor)
        {
            advanced ??= [];
            while (advanced.Count < at)
                advanced.Add(null);
            advanced.Add(tensor);
        }

        /// <summary>How many dimensions of the tensor the indices behind an ellipsis use.</summary>
        private static int Taken(TensorIndex[] indices)
        {
            int taken = 0;
            bool behind = false;
            foreach (TensorIndex index in indices)
            {
                if (index.What == TensorIndex.Kind.Ellipsis)
                {
                    if (behind)
                        throw new ArgumentException("An index may contain one ellipsis only.", nameof(indices));
                    behind = true;
                }
                else if (behind)
                {
                    taken += index.What switch
                    {
                        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                        TensorIndex.Kind.Tensor => index.Indices!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Indices.Dimensions : 1,
                        _ => 0,
                    };
                }
            }

            return taken;
        }
    }
}
