using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Modules: functions with parameters that are learned.</summary>
    public static partial class nn
    {
        /// <summary>
        /// What all modules have: named parameters, buffers and submodules. A module registers them in its constructor, one by
        /// one, or all that stand in its fields by <see cref="RegisterComponents"/>.
        /// </summary>
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
        public partial class Module : IDisposable
        {
            private readonly List<(string Name, Parameter Parameter)> _ownParameters = [];
            private readonly List<(string Name, Tensor Buffer, bool Persistent)> _ownBuffers = [];
            private readonly List<(string Name, Module Module)> _submodules = [];
            private readonly string _name;
            private bool _componentsRegistered;

            /// <summary>A module.</summary>
            /// <param name="name">The name of its kind.</param>
            protected Module(string name)
            {
                _name = name;
            }

            /// <summary>Whether the module is learning; dropout depends on it.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name of the module's kind.</summary>
            public virtual string GetName() => _name;

            /// <summary>Adds a parameter.</summary>
            /// <param name="name">Its name, without dots.</param>
            /// <param name="param">The parameter; null is ignored.</param>
            /// <exception cref="ArgumentException">The name is taken or has a dot.</exception>
            public virtual void register_parameter(string name, Parameter? param)
            {
                if (param is null)
                    return;
                RequireFree(name);
                _ownParameters.Add((name, param));
            }

            /// <summary>Adds a tensor that belongs to the module but is not learned.</summary>
            /// <param name="name">Its name, without dots.</param>
            /// <param name="tensor">The tensor.</param>
            /// <param name="persistent">Whether it is part of the module's state.</param>
            /// <exception cref="ArgumentException">The name is taken or has a dot.</exception>
            public virtual void register_buffer(string name, Tensor? tensor, bool persistent = true)
            {
                if (tensor is null)
                    return;
                RequireFree(name);
                _ownBuffers.Add((name, tensor, persistent));
            }

            /// <summary>Adds a submodule.</summary>
            /// <param name="name">Its name, without dots.</param>
            /// <param name="submodule">The module; null is ignored.</param>
            /// <exception cref="ArgumentException">The name is taken or has a dot.</exception>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null)
                    return;
                RequireFree(name);
                _submodules.Add((name, submodule));
            }

            /// <summary>Adds a submodule.</summary>
            /// <param name="name">Its name, without dots.</param>
            /// <param name="module">The module.</param>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>The parameters of this module and its submodules, each once, with dotted names.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach ((string prefix, Module module) in Tree(recurse))
                {
                    foreach ((string name, Parameter parameter) in module._ownParameters)
                    {
                        if (!parameter.IsInvalid && seen.Add(parameter))
                            yield return (prefix + name, parameter);
                    }
                }
            }

            /// <summary>The parameters of this module and its submodules, each once.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true)
            {
                foreach ((_, Parameter parameter) in named_parameters(recurse))
                    yield return parameter;
            }

            /// <summary>The buffers of this module and its submodules, each once, with dotted names.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            /// <param name="include_nonpersistent">Whether buffers that are not part of the state count.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach ((string prefix, Module module) in Tree(recurse))
                {
                    foreach ((string name, Tensor buffer, bool persistent) in module._ownBuffers)
                    {
                        if ((persistent || include_nonpersistent) && !buffer.IsInvalid && seen.Add(buffer))
                            yield return (prefix + name, buffer);
                    }
                }
            }

            /// <summary>The buffers of this module and its submodules, each once.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            /// <param name="include_nonpersistent">Whether buffers that are not part of the state count.</param>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach ((_, Tensor buffer) in named_buffers(recurse, include_nonpersistent))
                    yield return buffer;
            }

            /// <summary>The submodules of this module, with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules;

            /// <summary>The submodules of this module.</summary>
            public virtual IEnumerable<Module> children()
            {
                foreach ((_, Module module) in named_children())
                    yield return module;
            }

            /// <summary>All modules below this one, with dotted names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string prefix, Module module) in Tree(true))
                {
                    if (!ReferenceEquals(module, this))
                        yield return (prefix[..^1], module);
                }
            }

            /// <summary>All modules below this one.</summary>
            public virtual IEnumerable<Module> modules()
            {
                foreach ((_, Module module) in named_modules())
                    yield return module;
            }

            /// <summary>Whether there is a parameter of this name in this module or below.</summary>
            /// <param name="target">The dotted name.</param>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of this name in this module or below.</summary>
            /// <param name="target">The dotted name.</param>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The parameter of this name, or null.</summary>
            /// <param name="target">The dotted name.</param>
            public virtual Parameter? get_parameter(string target)
            {
                foreach ((string name, Parameter parameter) in named_parameters())
                {
                    if (string.Equals(name, target, StringComparison.Ordinal))
                        return parameter;
                }

                return null;
            }

            /// <summary>The buffer of this name, or null.</summary>
            /// <param name="target">The dotted name.</param>
            public virtual Tensor? get_buffer(string target)
            {
                foreach ((string name, Tensor buffer) in named_buffers())
                {
                    if (string.Equals(name, target, StringComparison.Ordinal))
                        return buffer;
                }

                return null;
            }

            /// <summary>Calls a function on every submodule, then on this module.</summary>
            /// <param name="fn">The function.</param>
            public virtual Module apply(Action<Module> fn)
            {
                foreach ((_, Module module) in _submodules)
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Frees all parameters and buffers, of submodules too.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees all parameters and buffers, of submodules too.</summary>
            /// <param name="disposing">False from a finaliser, where nothing is to be done.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach ((_, Parameter parameter) in _ownParameters)
                    parameter.Dispose();
                foreach ((_, Tensor buffer, _) in _ownBuffers)
                    buffer.Dispose();
                foreach ((_, Module module) in _submodules)
                    module.Dispose();
            }

            /// <summary>
            /// Registers the modules, parameters and tensors that stand in the fields which the module's own class sees, by the
            /// fields' names. Fields whose value is registered already are left alone.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                    return;
                _componentsRegistered = true;
                foreach (FieldInfo field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    string name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (field.GetValue(this))
                    {
                        case Module module when !_submodules.Exists(entry => ReferenceEquals(entry.Module, module)):
                            register_module(name, module);
                            break;
                        case Parameter parameter when !_ownParameters.Exists(entry => ReferenceEquals(entry.Parameter, parameter)):
                            register_parameter(name, parameter);
                            break;
                        case Tensor buffer and not Modules.Parameter when !_ownBuffers.Exists(entry => ReferenceEquals(entry.Buffer, buffer)):
                            register_buffer(name, buffer);
                            break;
                        default:
                            break;
                    }
                }
            }

            private IEnumerable<(string Prefix, Module Module)> Tree(bool recurse)
            {
                yield return ("", this);
                if (!recurse)
                    yield break;
                foreach ((string name, Module child) in _submodules)
                {
                    foreach ((string prefix, Module module) in child.Tree(true))
                        yield return (name + "." + prefix, module);
                }
            }

            private void RequireFree(string name)
            {
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"The name '{name}' of a component of {GetName()} must not contain a dot.", nameof(name));
                if (_ownParameters.Exists(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)) ||
                    _ownBuffers.Exists(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)) ||
                    _submodules.Exists(entry => string.Equals(entry.Name, name, StringComparison.Ordinal)))
                    throw new ArgumentException($"{GetName()} already has a component named '{name}'.", nameof(name));
            }
        }
    }
}
