namespace TorchSharp;

/// <summary>Moving modules between devices and types. Parameters and buffers keep their wrappers, so optimisers keep working.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Moves the floating-point parameters and buffers to a type.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="type">The type.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(null, type, non_blocking);

    /// <summary>Moves the parameters and buffers to a device and, where they are floating-point numbers, to a type.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">The device.</param>
    /// <param name="type">The type.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(device, type, non_blocking);

    /// <summary>Moves the parameters and buffers to a device.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="deviceType">The kind of device.</param>
    /// <param name="deviceIndex">Its number; −1 is the current one.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(new torch.Device(deviceType, deviceIndex), null, non_blocking);

    /// <summary>Moves the parameters and buffers to a device.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">The device.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(device, null, non_blocking);

    /// <summary>Moves the parameters and buffers to a device.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="device">The device as "cpu", "cuda" or "cuda:1".</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(new torch.Device(device), null, non_blocking);

    /// <summary>Moves the parameters and buffers to the processor.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(torch.CPU, null, non_blocking);

    /// <summary>Moves the parameters and buffers to a CUDA device.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="deviceIndex">Its number; −1 is the current one.</param>
    /// <param name="non_blocking">Whether copies may still be under way on return.</param>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => (T)module.MoveTo(new torch.Device(DeviceType.CUDA, deviceIndex), null, non_blocking);

    /// <summary>Moves the floating-point parameters and buffers to half precision.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    public static T half<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float16);

    /// <summary>Moves the floating-point parameters and buffers to the upper half of single precision.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    public static T bfloat16<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16);

    /// <summary>Moves the floating-point parameters and buffers to single precision.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    public static T @float<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float32);

    /// <summary>Moves the floating-point parameters and buffers to double precision.</summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">The module.</param>
    public static T @double<T>(this T module)
        where T : torch.nn.Module => module.to(torch.ScalarType.Float64);
}
