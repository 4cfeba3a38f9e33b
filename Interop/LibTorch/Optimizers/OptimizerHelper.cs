namespace TorchSharp.Modules;

/// <summary>What all optimisers share: groups, a state per parameter, and files of them.</summary>
/// <remarks>
/// A step runs libtorch's list operators over all parameters of a group, so its cost hardly grows with their number. On the
/// CPU it computes the same bits every time.
/// </remarks>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);
    private readonly List<OptimizerState> _ordered = [];

    /// <inheritdoc/>
    public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => _groups;

    private protected IReadOnlyList<ParamGroup> Groups => _groups;

    /// <inheritdoc/>
    public sealed override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        if (param_group.Options.InitialLearningRate == 0)
            param_group.Options.InitialLearningRate = param_group.Options.LearningRate;
        foreach (Parameter parameter in param_group.Parameters)
        {
            OptimizerState state = NewState(parameter, param_group);
            if (!_states.TryAdd(parameter, state))
            {
                state.Dispose();
                throw new ArgumentException($"A parameter {parameter} is in several groups, or twice in one.", nameof(param_group));
            }

            _ordered.Add(state);
        }

        _groups.Add(param_group);
    }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters()
    {
        foreach (ParamGroup group in _groups)
        {
            foreach (Parameter parameter in group.Parameters)
                yield return parameter;
        }
    }

    /// <inheritdoc/>
    public override void zero_grad()
    {
        using IDisposable frozen = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor[] gradients = RLSeq.LibTorch.Gradients.Of(parameters());
        if (gradients.Length > 0)
            RLSeq.LibTorch.Aten.ForeachZero_.Run(gradients);
    }

    /// <inheritdoc/>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable recorded = torch.enable_grad();
            loss = closure();
        }

        using IDisposable frozen = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (ParamGroup group in _groups)
            Step(group);
        return loss;
    }

    /// <summary>The options of all groups and the states of all parameters, in order: the objects themselves, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (ParamGroup group in _groups)
            dictionary.Options.Add(group.Options);
        dictionary.State.AddRange(_ordered);
        return dictionary;
    }

    /// <summary>Writes options and states to a file. The file is written beside and renamed into place.</summary>
    /// <param name="location">The file.</param>
    public void save_state_dict(string location)
    {
        string beside = location + ".tmp";
        using (FileStream stream = File.Create(beside))
        {
            using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
                save_state_dict(writer);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, location, overwrite: true);
    }

    /// <summary>Writes options and states.</summary>
    /// <param name="writer">Where to.</param>
    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        writer.Write7BitEncodedInt64(_groups.Count);
        writer.Write7BitEncodedInt64(_ordered.Count);
        foreach (ParamGroup group in _groups)
            group.Options.SaveStateDict(writer);
        foreach (OptimizerState state in _ordered)
            state.SaveStateDict(writer);
    }

    /// <summary>Reads options and states from a file.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another optimiser.</exception>
    /// <exception cref="InvalidOperationException">The states belong to other parameters.</exception>
    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    /// <summary>Reads options and states. What follows continues exactly as it would have.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">The data are damaged, or of another optimiser.</exception>
    /// <exception cref="InvalidOperationException">The states belong to other parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        try
        {
            string name = reader.ReadString();
            if (!string.Equals(name, GetType().Name, StringComparison.Ordinal))
                throw new InvalidDataException($"The state is of the optimiser '{name}', expected '{GetType().Name}'.");
            long groups = reader.Read7BitEncodedInt64();
            long states = reader.Read7BitEncodedInt64();
            if (groups != _groups.Count || states != _ordered.Count)
                throw new InvalidOperationException($"The state has {groups} groups and {states} parameters, expected {_groups.Count} and {_ordered.Count}.");
            foreach (ParamGroup group in _groups)
                group.Options.LoadStateDict(reader);
            foreach (OptimizerState state in _ordered)
                state.LoadStateDict(reader);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw new InvalidDataException($"The optimiser's state is damaged or incomplete: {e.Message}", e);
        }
    }

    /// <summary>Moves the states to a device, after the parameters have moved.</summary>
    /// <param name="device">The device.</param>
    public void to(torch.Device device)
    {
        foreach (OptimizerState state in _ordered)
            state.to(device);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        foreach (OptimizerState state in _ordered)
            state.Dispose();
    }

    private protected abstract OptimizerState NewState(Parameter parameter, ParamGroup group);

    /// <summary>Changes the parameters of one group; called without gradients and within a dispose scope.</summary>
    private protected abstract void Step(ParamGroup group);

    private protected OptimizerState StateOf(Parameter parameter) => _states[parameter];
}
