using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>The tables of <see cref="SinusoidalPositions"/> as tensors, which move with the memory that they belong to and do not learn.</summary>
internal sealed class PositionTables : nn.Module
{
    private readonly int _width;
    [ComponentName("sines")] private readonly Tensor _sines;
    [ComponentName("cosines")] private readonly Tensor _cosines;

    public PositionTables(int width) : base("positions")
    {
        var positions = SinusoidalPositions.Of(width);
        _width = width;
        _sines = tensor(positions.Sines.ToArray(), [2 * SinusoidalPositions.Base, positions.Pairs]);
        _cosines = tensor(positions.Cosines.ToArray(), [2 * SinusoidalPositions.Base, positions.Pairs]);
        register_buffer("sines", _sines, persistent: false);
        register_buffer("cosines", _cosines, persistent: false);
    }

    /// <summary>The positions as features, <c>[T, B, D]</c>.</summary>
    /// <param name="position">Steps of the episode before each step, int64 <c>[T, B]</c>, 0 to <see cref="SinusoidalPositions.Longest"/>.</param>
    public Tensor At(Tensor position)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = position.reshape(-1), low = flat.remainder(SinusoidalPositions.Base), high = (flat - low).floor_divide(SinusoidalPositions.Base) + SinusoidalPositions.Base;
        Tensor sineLow = _sines.index_select(0, low), cosineLow = _cosines.index_select(0, low);
        Tensor sineHigh = _sines.index_select(0, high), cosineHigh = _cosines.index_select(0, high);
        Tensor features = cat([(sineHigh * cosineLow) + (cosineHigh * sineLow), (cosineHigh * cosineLow) - (sineHigh * sineLow)], 1);
        return features.narrow(1, 0, _width).reshape(position.shape[0], position.shape[1], _width).MoveToOuterDisposeScope();
    }
}
