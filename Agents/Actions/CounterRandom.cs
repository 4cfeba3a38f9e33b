using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Random numbers that are a function of a key and a counter: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy
/// as 1, 2, 3"). Nothing is carried from one draw to the next, so what a row draws depends on the seed, its number and its step only.
/// </summary>
public struct CounterRandom
{
    private readonly ulong _seed;
    private readonly ulong _step;
    private readonly uint _row;
    private uint _block;
    private int _left;
    private uint _a, _b, _c, _d;

    /// <summary>Begins the numbers of one step of one row.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="row">The row: the third word of the counter.</param>
    /// <param name="step">The step: the first two words of the counter.</param>
    public CounterRandom(ulong seed, uint row, ulong step)
    {
        this = default;
        (_seed, _row, _step) = (seed, row, step);
    }

    /// <summary>The next 32 random bits; 2³⁴ of them differ.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            (_a, _b, _c, _d) = Philox(((uint)_step, (uint)(_step >> 32), _row, _block++), ((uint)_seed, (uint)(_seed >> 32)));
            _left = 4;
        }
        return _left-- switch { 4 => _a, 3 => _b, 2 => _c, _ => _d };
    }

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻³².</summary>
    public double NextDouble() => NextUInt32() * (1.0 / 4294967296.0);

    /// <summary>The generator itself: ten rounds of Philox on four words.</summary>
    /// <param name="counter">What to encrypt.</param>
    /// <param name="key">The key.</param>
    public static (uint A, uint B, uint C, uint D) Philox((uint A, uint B, uint C, uint D) counter, (uint A, uint B) key)
    {
        (uint a, uint b, uint c, uint d) = counter;
        (uint k0, uint k1) = key;
        for (int round = 0; round < 10; round++)
        {
            ulong p = (ulong)a * 0xD2511F53u, q = (ulong)c * 0xCD9E8D57u;
            (a, b, c, d) = ((uint)(q >> 32) ^ b ^ k0, (uint)q, (uint)(p >> 32) ^ d ^ k1, (uint)p);
            unchecked
            {
                k0 += 0x9E3779B9u;
                k1 += 0xBB67AE85u;
            }
        }
        return (a, b, c, d);
    }
}
