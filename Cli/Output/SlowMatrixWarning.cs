using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>Tells the user when libtorch multiplies with the reference BLAS, which is some 30 times slower than OpenBLAS.</summary>
internal static class SlowMatrixWarning
{
    /// <summary>The reference BLAS reaches about 4 GFLOP/s on one core and any optimised one well over 30.</summary>
    private const double SlowRate = 12e9;

    public static void Print()
    {
        double rate = MachineRates.MatrixRate(256);
        if (rate < SlowRate)
            Console.Error.WriteLine($"Warning: matrix products reach only {rate / 1e9:0.#} GFLOP/s. libtorch probably uses the reference BLAS; install an optimised one: apt-get install libopenblas0-openmp");
    }
}
