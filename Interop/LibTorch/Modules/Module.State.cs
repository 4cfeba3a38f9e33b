using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and persistent buffers by their dotted names: the tensors themselves, not copies.</summary>
            /// <param name="destination">Where to add them; a new dictionary when not given.</param>
            /// <param name="prefix">What stands before the names.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                string lead = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string name, Modules.Parameter parameter) in named_parameters())
                    destination.TryAdd(lead + name, parameter);
                foreach ((string name, Tensor buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(lead + name, buffer);
                return destination;
            }

            /// <summary>Copies a state into the parameters and buffers. Nothing is changed unless everything fits.</summary>
            /// <param name="source">The tensors by dotted name.</param>
            /// <param name="strict">Whether missing and unexpected names are errors.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <returns>The names that were missing and those that were unexpected.</returns>
            /// <exception cref="InvalidOperationException">Names are missing or unexpected, or a shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> destination = state_dict();
                var missing = new List<string>();
                var unexpected = new List<string>();
                var different = new List<string>();
                foreach ((string key, Tensor target) in destination)
                {
                    if (skip?.Contains(key) == true)
                        continue;
                    if (!source.TryGetValue(key, out Tensor? given))
                        missing.Add(key);
                    else if (!given.shape.AsSpan().SequenceEqual(target.shape))
                        different.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {given}, expected {target}"));
                }

                foreach (string key in source.Keys)
                {
                    if (skip?.Contains(key) != true && !destination.ContainsKey(key))
                        unexpected.Add(key);
                }

                if (different.Count > 0 || (strict && missing.Count + unexpected.Count > 0))
                    throw new InvalidOperationException($"The state does not fit {GetName()}.{Part("Missing", missing)}{Part("Unexpected", unexpected)}{Part("Different", different)}");

                using IDisposable frozen = no_grad();
                foreach ((string key, Tensor target) in destination)
                {
                    if (skip?.Contains(key) != true && source.TryGetValue(key, out Tensor? given))
                        target.copy_(given);
                }

                return (missing, unexpected);
            }

            /// <summary>Writes the state to a file in TorchSharp's format. The file is written beside and renamed into place.</summary>
            /// <param name="location">The file.</param>
            /// <param name="skip">Names that are left out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                string beside = location + ".tmp";
                using (FileStream stream = File.Create(beside))
                {
                    save(stream, skip);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(beside, location, overwrite: true);
                return this;
            }

            /// <summary>Writes the state in TorchSharp's format.</summary>
            /// <param name="stream">Where to.</param>
            /// <param name="skip">Names that are left out.</param>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            /// <summary>Writes the state in TorchSharp's format.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="skip">Names that are left out.</param>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>
            /// Writes a state in TorchSharp's format: the count, then for each tensor its name, type, number of dimensions, lengths and
            /// elements in order, little-endian; all counts in the 7-bit encoding of <see cref="BinaryWriter"/>.
            /// </summary>
            /// <param name="writer">Where to.</param>
            /// <param name="sd">The state.</param>
            /// <param name="skip">Names that are left out.</param>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = new List<KeyValuePair<string, Tensor>>();
                foreach (KeyValuePair<string, Tensor> entry in sd)
                {
                    if (skip?.Contains(entry.Key) != true)
                        entries.Add(entry);
                }

                writer.Write7BitEncodedInt64(entries.Count);
                foreach ((string key, Tensor tensor) in entries)
                {
                    writer.Write(key);
                    TensorFormat.Write(writer, tensor);
                }
            }

            /// <summary>Reads the state from a file that <see cref="save(string, IList{string})"/> wrote.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether missing and unexpected names are errors.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <param name="loadedParameters">Gets every name, and whether it was read.</param>
            /// <exception cref="InvalidDataException">The file is damaged, or no such file at all.</exception>
            /// <exception cref="InvalidOperationException">The state does not fit the module.</exception>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using FileStream stream = File.OpenRead(location);
                try
                {
                    return load(stream, strict, skip, loadedParameters);
                }
                catch (InvalidDataException e)
                {
                    throw new InvalidDataException($"{location}: {e.Message}", e);
                }
            }

            /// <summary>Reads the state.</summary>
            /// <param name="stream">Where from.</param>
            /// <param name="strict">Whether missing and unexpected names are errors.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <param name="loadedParameters">Gets every name, and whether it was read.</param>
            /// <exception cref="InvalidDataException">The data are damaged.</exception>
            /// <exception cref="InvalidOperationException">The state does not fit the module.</exception>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads the state. Nothing is changed unless all of it could be read and fits.</summary>
            /// <param name="reader">Where from.</param>
            /// <param name="strict">Whether missing and unexpected names are errors.</param>
            /// <param name="skip">Names that are left alone.</param>
            /// <param name="loadedParameters">Gets every name, and whether it was read.</param>
            /// <exception cref="InvalidDataException">The data are damaged.</exception>
            /// <exception cref="InvalidOperationException">The state does not fit the module.</exception>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using DisposeScope scope = NewDisposeScope();
                Dictionary<string, Tensor> destination = state_dict();
                Dictionary<string, Tensor> read = TensorFormat.ReadState(reader, destination);
                load_state_dict(read, strict, skip);
                if (loadedParameters is not null)
                {
                    foreach (string key in destination.Keys)
                        loadedParameters[key] = read.ContainsKey(key) && skip?.Contains(key) != true;
                }

                return this;
            }

            private static string Part(string title, List<string> names) => names.Count == 0 ? "" : $" {title}: {string.Join("; ", names)}.";
        }
    }
}
