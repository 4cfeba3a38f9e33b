using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives: a kind of device and its number. Equal by value.</summary>
    public class Device : IEquatable<Device>
    {
        /// <summary>A device by kind and number.</summary>
        /// <param name="deviceType">The kind.</param>
        /// <param name="index">The number; −1 is the current device of that kind.</param>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A CUDA device.</summary>
        /// <param name="index">Its number.</param>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>A device as "cpu", "cuda" or "cuda:1".</summary>
        /// <param name="description">The description.</param>
        /// <exception cref="ArgumentException">The description is none of these.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            int colon = description.IndexOf(':', StringComparison.Ordinal);
            type = ParseType(colon < 0 ? description : description[..colon], description);
            index = -1;
            if (colon < 0)
                return;
            if (!int.TryParse(description.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw Unknown(description);
            index = number;
        }

        /// <summary>A device by the name of its kind and its number.</summary>
        /// <param name="deviceType">"cpu", "cuda" or "meta".</param>
        /// <param name="index">The number; −1 is the current device of that kind.</param>
        /// <exception cref="ArgumentException">There is no such kind.</exception>
        public Device(string deviceType, int index = -1)
            : this(ParseType(deviceType, deviceType), index)
        {
        }

        /// <summary>The kind.</summary>
        public DeviceType type { get; }

        /// <summary>The number; −1 is the current device of that kind.</summary>
        public int index { get; }

        internal long Packed => ((long)type << 32) | (uint)index;

        /// <summary>A device as "cpu", "cuda" or "cuda:1".</summary>
        /// <param name="description">The description.</param>
        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc/>
        public override string ToString()
        {
            string name = type switch
            {
                DeviceType.CPU => "cpu",
                DeviceType.CUDA => "cuda",
                DeviceType.META => "meta",
                _ => string.Create(CultureInfo.InvariantCulture, $"device {(int)type}"),
            };
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        /// <inheritdoc/>
        public bool Equals(Device? other) => other is not null && type == other.type && index == other.index;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Device);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(type, index);

        internal static Device FromPacked(long packed)
        {
            var kind = (DeviceType)(packed >> 32);
            return kind == DeviceType.CPU ? CPU : new Device(kind, (int)packed);
        }

        private static DeviceType ParseType(string name, string description)
        {
            ArgumentNullException.ThrowIfNull(name);
            return name.ToUpperInvariant() switch
            {
                "CPU" => DeviceType.CPU,
                "CUDA" => DeviceType.CUDA,
                "META" => DeviceType.META,
                _ => throw Unknown(description),
            };
        }

        private static ArgumentException Unknown(string description) =>
            new($"Unknown device '{description}'; expected cpu, cuda, cuda:N or meta.", nameof(description));
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current CUDA device.</summary>
    public static readonly Device CUDA = new(DeviceType.CUDA);

    /// <summary>Shapes and types without memory.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>A device as "cpu", "cuda" or "cuda:1".</summary>
    /// <param name="description">The description.</param>
    /// <exception cref="ArgumentException">The description is none of these.</exception>
    public static Device device(string description) => new(description);

    /// <summary>A device by the name of its kind and its number.</summary>
    /// <param name="deviceType">"cpu", "cuda" or "meta".</param>
    /// <param name="index">The number; −1 is the current device of that kind.</param>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device by kind and number.</summary>
    /// <param name="deviceType">The kind.</param>
    /// <param name="index">The number; −1 is the current device of that kind.</param>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A CUDA device.</summary>
    /// <param name="index">Its number.</param>
    public static Device device(int index) => new(index);
}
