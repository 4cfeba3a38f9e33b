using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that returns its input, until modules are appended.</summary>
            public static Sequential Sequential() => new();

            /// <summary>A module that calls others one after another, named "0", "1" and so on.</summary>
            /// <param name="modules">The others.</param>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules)
            {
                var sequential = new Sequential();
                foreach (Module<Tensor, Tensor> module in modules)
                    sequential.append(module);
                return sequential;
            }

            /// <summary>A module that calls others one after another.</summary>
            /// <param name="modules">The others, with names.</param>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules)
            {
                var sequential = new Sequential();
                foreach ((string name, Module<Tensor, Tensor> module) in modules)
                    sequential.append(name, module);
                return sequential;
            }

            /// <summary>A module that calls others one after another, named "0", "1" and so on.</summary>
            /// <param name="modules">The others.</param>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => Sequential([.. modules]);

            /// <summary>A module that calls others one after another.</summary>
            /// <param name="modules">The others, with names.</param>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => Sequential([.. modules]);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Calls modules one after another. What lies between them is freed at once unless gradients need it.</summary>
    public sealed class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> _modules = [];

        internal Sequential()
            : base(nameof(Sequential))
        {
        }

        /// <summary>How many modules there are.</summary>
        public int Count => _modules.Count;

        /// <summary>One of the modules.</summary>
        /// <param name="index">Which.</param>
        public torch.nn.Module<torch.Tensor, torch.Tensor> this[int index] => _modules[index];

        /// <summary>Adds a module at the end.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="module">The module.</param>
        public Sequential append(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, module);
            _modules.Add(module);
            return this;
        }

        /// <summary>Adds a module at the end, named by its place.</summary>
        /// <param name="module">The module.</param>
        public Sequential append(torch.nn.Module<torch.Tensor, torch.Tensor> module) =>
            append(_modules.Count.ToString(CultureInfo.InvariantCulture), module);

        /// <summary>The result of the last module.</summary>
        /// <param name="input">What the first module gets.</param>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (_modules.Count == 0)
                return input.alias();
            torch.Tensor current = _modules[0].call(input);
            for (int i = 1; i < _modules.Count; i++)
            {
                torch.Tensor next = _modules[i].call(current);
                if (!ReferenceEquals(next, current) && !ReferenceEquals(current, input))
                    current.Dispose();
                current = next;
            }

            return current;
        }
    }
}
