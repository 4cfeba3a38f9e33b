namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of one parameter.</summary>
public abstract class OptimizerState : IDisposable
{
    /// <summary>A state.</summary>
    /// <param name="parameter">The parameter.</param>
    protected OptimizerState(Parameter parameter) => Parameter = parameter;

    /// <summary>The parameter.</summary>
    protected internal Parameter Parameter { get; }

    /// <summary>Writes the state.</summary>
    /// <param name="writer">Where to.</param>
    public abstract void SaveStateDict(BinaryWriter writer);

    /// <summary>Reads the state.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    /// <exception cref="InvalidOperationException">The data belong to a parameter of another shape or type.</exception>
    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Moves the state to a device.</summary>
    /// <param name="device">The device.</param>
    public abstract void to(torch.Device device);

    /// <summary>Frees the state's tensors.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the state's tensors.</summary>
    /// <param name="disposing">False from a finaliser, where nothing is to be done.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Zeros as the parameter, which live as long as the state and in no scope.</summary>
    private protected torch.Tensor Zeros()
    {
        using IDisposable frozen = torch.no_grad();
        return torch.zeros_like(Parameter).DetachFromDisposeScope();
    }

    /// <summary>Copies what the reader has into a tensor of the state.</summary>
    private protected static void Load(BinaryReader reader, torch.Tensor target, string name)
    {
        using IDisposable frozen = torch.no_grad();
        using torch.Tensor read = TensorFormat.Read(reader, target, name);
        target.copy_(read);
    }

    private protected static torch.Tensor Moved(torch.Tensor tensor, torch.Device device)
    {
        torch.Tensor moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }
}
