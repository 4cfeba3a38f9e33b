namespace RLSeq.Environments.Tests;

public class DiagnosticRandomReturnTests
{
    // The T-Mazes and Proof-of-Memory exactly, by summing over all places (printed to six digits; -1 + 1/(3L) and -1 + 7/(27L) agree):
    //
    // def tmaze(L, active):
    //     o = 1 if active else 0
    //     J, T = o + L, L + 2 * o + 1
    //     p, ret = {(o, 0): 1.0}, 0.0
    //     for t in range(1, T + 1):
    //         q = {}
    //         for (x, y), w in p.items():
    //             for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
    //                 a, b = x + dx, y + dy
    //                 k = (a, b) if 0 <= a <= J and (b == 0 or (a == J and abs(b) == 1)) else (x, y)
    //                 q[k] = q.get(k, 0) + w / 4
    //         p = q
    //         if t < T: ret -= sum(w for (x, y), w in p.items() if x < t - o) / L
    //     return ret + sum(w for (x, y), w in p.items() if y != 0) * 0.5
    // def proof():
    //     p, ret = {k: 0.2 for k in range(-2, 3)}, 0.0
    //     for t in range(3, 33):
    //         q = {}
    //         for k, w in p.items():
    //             for d in (-1, 1): q[k + d] = q.get(k + d, 0) + w / 2
    //         for e in (-5, 5): q.pop(e, 0)          # +1.6 and -1.6 cancel
    //         ret, p = ret - 0.1 * sum(q.values()), q
    //     return ret
    //
    // Key-to-Door by playing the rules written down once more in Python (maps, a random move per step, the door impassable without
    // the key; 40,000 episodes for 60 and 120, 10,000 for 250 and 500): 5.536 +- 0.010, 10.693 +- 0.014, 21.90 +- 0.04, 43.67 +- 0.06.
    [Theory]
    [InlineData("PassiveTMaze50", -0.993333, 1000)]
    [InlineData("PassiveTMaze100", -0.996667, 500)]
    [InlineData("PassiveTMaze250", -0.998667, 300)]
    [InlineData("PassiveTMaze500", -0.999333, 200)]
    [InlineData("PassiveTMaze1000", -0.999667, 100)]
    [InlineData("ActiveTMaze20", -0.987037, 2000)]
    [InlineData("ActiveTMaze50", -0.994815, 1000)]
    [InlineData("ActiveTMaze100", -0.997407, 500)]
    [InlineData("ActiveTMaze250", -0.998963, 300)]
    [InlineData("ProofOfMemory", -1.707781, 3000)]
    [InlineData("KeyToDoor60", 5.536, 1200)]
    [InlineData("KeyToDoor120", 10.693, 600)]
    [InlineData("KeyToDoor250", 21.90, 300)]
    [InlineData("KeyToDoor500", 43.67, 150)]
    [InlineData("KeyToDoorPixels60", 5.536, 1000)]
    [InlineData("KeyToDoorPixels120", 10.693, 500)]
    [InlineData("KeyToDoorPixels250", 21.90, 200)]
    [InlineData("KeyToDoorPixels500", 43.67, 120)]
    [InlineData("MemoryLength10", 0, 3000)]
    [InlineData("MemoryLength30", 0, 3000)]
    [InlineData("MemoryLength100", 0, 3000)]
    [InlineData("MemorySize5", 0, 3000)]
    [InlineData("MemorySize10", 0, 3000)]
    [InlineData("MemorySize40", 0, 3000)]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected, int episodes) =>
        RandomReturns.AssertKnown(name, expected, episodes, largestError: 0.02);
}
