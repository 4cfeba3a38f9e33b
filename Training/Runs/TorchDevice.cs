using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>The device that a configuration names.</summary>
public static class TorchDevice
{
    /// <summary>Finds the device: <c>auto</c> is CUDA where there is one.</summary>
    /// <param name="name">auto, cpu or cuda.</param>
    /// <exception cref="UserInputException">CUDA was asked for and is not there.</exception>
    public static Device Resolve(string name) => name switch
    {
        "cpu" => CPU,
        "auto" => cuda.is_available() ? CUDA : CPU,
        "cuda" when cuda.is_available() => CUDA,
        "cuda" => throw new UserInputException("device is cuda, but this libtorch sees no CUDA device. Use --device cpu, or set LIBTORCH to a PyTorch installation with CUDA."),
        _ => throw new UserInputException($"device is '{name}', but must be auto, cpu or cuda."),
    };
}
