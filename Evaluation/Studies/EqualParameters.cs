using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>Sizes memories so that whole networks have about as many parameters as each other.</summary>
internal static class EqualParameters
{
    private const int MostUnits = 1 << 12;

    /// <summary>The width whose network comes nearest to a number of parameters; a multiple of the heads, since these divide it.</summary>
    /// <param name="settings">The memory; its width is not used.</param>
    /// <param name="parameters">The number.</param>
    public static MemorySettings Sized(MemorySettings settings, long parameters)
    {
        int low = 1, high = 2; // in units of the heads
        while (high < MostUnits && Count(settings, high) < parameters) (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Count(settings, middle) < parameters) low = middle;
            else high = middle;
        }
        bool lower = parameters - Count(settings, low) < Count(settings, high) - parameters;
        return At(settings, lower ? low : high);
    }

    private static MemorySettings At(MemorySettings settings, int units) => settings with { Hidden = units * settings.Heads };

    private static long Count(MemorySettings settings, int units)
    {
        using ActorCritic network = ActBenchmark.RandomNetwork(At(settings, units), encoderLayers: 1);
        return network.ParameterCount;
    }
}
