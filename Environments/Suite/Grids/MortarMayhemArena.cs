using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The rules of <see cref="MortarMayhemGrid"/>. Everything but the character and the commands follows from the number of steps: 40
/// frames show the commands, then commands are checked every 8 steps.
/// </summary>
internal sealed class MortarMayhemArena
{
    public const int Side = 5, Commands = 10, CommandKinds = 5;

    // A command shows for 3 frames and pauses for 1; it may be carried out for 6 steps, then the tiles burn for 2.
    private const int ShownFrames = 3, FramesPerCommand = 4, ShowFrames = Commands * FramesPerCommand, TimeToMove = 6, TimePerCommand = 8;
    private readonly byte[] _commands = new byte[Commands], _targets = new byte[Commands];
    private MemoryGymWalker _walker;

    public MemoryGymWalker Walker => _walker;

    /// <summary>The commands of an episode: right (0), down (1), left (2), up (3), stay (4).</summary>
    public ReadOnlySpan<byte> Orders => _commands;

    public void Reset(ref RandomSource random)
    {
        (int x, int y) = (random.NextInt(Side), random.NextInt(Side));
        _walker = new MemoryGymWalker { X = x, Y = y };
        Span<byte> possible = stackalloc byte[CommandKinds];
        for (int i = 0; i < Commands; i++)
        {
            int count = 0;
            for (byte kind = 0; kind < CommandKinds; kind++)
            {
                (int column, int row) = Leads(x, y, kind);
                if (column is >= 0 and < Side && row is >= 0 and < Side) possible[count++] = kind;
            }
            _commands[i] = possible[random.NextInt(count)];
            (x, y) = Leads(x, y, _commands[i]);
            _targets[i] = (byte)((y * Side) + x);
        }
    }

    /// <summary>Takes one step.</summary>
    /// <param name="action">The action; ignored while commands are shown.</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <returns>Whether a command was carried out, and whether the episode is over.</returns>
    public (bool Succeeded, bool IsOver) Step(int action, int step)
    {
        if (step < ShowFrames) return default;
        _walker.Act(action, Side);
        int time = step - ShowFrames - TimeToMove, command = Math.Min(time / TimePerCommand, Commands - 1), phase = time % TimePerCommand;
        if (time < 0 || phase > 1) return default;
        bool isThere = (_walker.Y * Side) + _walker.X == _targets[command];
        return phase == 0 ? (isThere, !isThere || command == Commands - 1) : (false, !isThere);
    }

    /// <summary>The command that is shown after a number of steps, or -1.</summary>
    public int ShownCommand(int steps) => steps < ShowFrames && steps % FramesPerCommand < ShownFrames ? _commands[steps / FramesPerCommand] : -1;

    /// <summary>The tile that does not burn after a number of steps, or -1 where none burns.</summary>
    public int SafeTile(int steps)
    {
        int time = steps - ShowFrames - TimeToMove;
        return time >= 0 && time % TimePerCommand <= 1 ? _targets[Math.Min(time / TimePerCommand, Commands - 1)] : -1;
    }

    /// <summary>The tile on which the character must be when it is checked next.</summary>
    public int NextTarget(int steps)
    {
        int time = steps - ShowFrames - TimeToMove;
        return time < 0 ? _targets[0] : _targets[Math.Min((time / TimePerCommand) + (time % TimePerCommand == 0 ? 0 : 1), Commands - 1)];
    }

    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        _walker.Save(ref writer);
        SavedNumbers.WriteAll(ref writer, _commands);
        SavedNumbers.WriteAll(ref writer, _targets);
    }

    public void Restore(ref MessagePackReader reader, string name)
    {
        SavedData.ExpectArray(ref reader, 3, name);
        _walker = MemoryGymWalker.Restore(ref reader, Side, name);
        SavedNumbers.ReadAll(ref reader, _commands, CommandKinds, name);
        SavedNumbers.ReadAll(ref reader, _targets, Side * Side, name);
    }

    private static (int X, int Y) Leads(int x, int y, byte command) => command switch
    {
        0 => (x + 1, y),
        1 => (x, y + 1),
        2 => (x - 1, y),
        3 => (x, y - 1),
        _ => (x, y),
    };
}
