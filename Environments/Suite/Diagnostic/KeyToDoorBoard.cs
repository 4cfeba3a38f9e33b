using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The three rooms of <see cref="KeyToDoor"/> and what happens in them. Frames count the steps of the present room from 0; what the
/// agent does in the last frame of a room still counts there, and the next room begins at once.
/// </summary>
internal sealed class KeyToDoorBoard
{
    public const int Width = 11, Height = 7, Kinds = 7, KeyFrames = 15, DoorFrames = 10;
    private const int Apples = 10, AppleReturnsAfter = 20;
    private const float DoorReward = 5, AppleReward = 1;

    private const string KeyRoom =
        "  #######  " +
        "  #     #  " +
        "  #     #  " +
        "  ##   ##  " +
        "  #     #  " +
        "  #     #  " +
        "  #######  ";

    private const string AppleRoom =
        "###########" +
        "#a a a a a#" +
        "# a a a a #" +
        "#a a a a a#" +
        "# a a a a #" +
        "#a a   a a#" +
        "###########";

    private const string DoorRoom =
        "           " +
        "   ## ##   " +
        "   #   #   " +
        "   #   #   " +
        "   #   #   " +
        "   #####   " +
        "           ";

    private const int Door = Width + 5, AppleStart = (5 * Width) + 5, DoorStart = (3 * Width) + 5, LightPlace = 5;

    private static readonly byte[] AppleSpots = [.. Enumerable.Range(0, AppleRoom.Length).Where(i => AppleRoom[i] == 'a').Select(i => (byte)i)];
    private readonly byte[] _spots = new byte[AppleSpots.Length];
    private readonly int[] _appleSince = new int[Apples];
    private readonly int _appleFrames;
    private int _room, _frame, _agent, _key;
    private bool _hasKey, _lightIsOn, _doorIsOpen;

    public KeyToDoorBoard(int appleFrames) => _appleFrames = appleFrames;

    /// <summary>0: key, 1: apples, 2: door.</summary>
    public int Room => _room;

    public bool HasKey => _hasKey;

    /// <summary>The agent's cell, row by row.</summary>
    public int Agent => _agent;

    public void Reset(ref RandomSource random)
    {
        (_room, _frame, _hasKey, _lightIsOn, _doorIsOpen) = (0, 0, false, false, false);
        _key = (random.NextInt(2) * Width) + Width + 3 + random.NextInt(5);
        _agent = (random.NextInt(2) * Width) + (4 * Width) + 3 + random.NextInt(5);
        AppleSpots.CopyTo(_spots, 0);
        random.Shuffle<byte>(_spots);
        Array.Clear(_appleSince, 0, Apples);
    }

    /// <summary>Moves by one step: up (0), down (1), left (2), right (3).</summary>
    /// <returns>The reward.</returns>
    public float Move(int action)
    {
        _frame++;
        int x = (_agent % Width) + (action == 2 ? -1 : action == 3 ? 1 : 0), y = (_agent / Width) + (action == 0 ? -1 : action == 1 ? 1 : 0);
        if (x is >= 0 and < Width && y is >= 0 and < Height && IsOpen((y * Width) + x)) _agent = (y * Width) + x;
        float reward = _room switch { 0 => TakeKey(), 1 => EatApple(), _ => OpenDoor() };
        if (_room == 0 && _frame >= KeyFrames) Enter(room: 1, AppleStart);
        else if (_room == 1 && _frame >= _appleFrames) Enter(room: 2, DoorStart);
        return reward;
    }

    /// <summary>What a cell shows; outside of the board there is floor.</summary>
    public KeyToDoorCell this[int x, int y]
    {
        get
        {
            if (x is < 0 or >= Width || y is < 0 or >= Height) return KeyToDoorCell.Floor;
            int cell = (y * Width) + x;
            if (cell == _agent) return KeyToDoorCell.Agent;
            if (_room == 0 && cell == LightPlace && _lightIsOn) return KeyToDoorCell.Light;
            if (Walls[cell] == '#') return KeyToDoorCell.Wall;
            if (_room == 0) return cell == _key && !_hasKey ? KeyToDoorCell.Key : KeyToDoorCell.Floor;
            if (_room == 2) return cell == Door ? KeyToDoorCell.Door : KeyToDoorCell.Floor;
            int apple = Array.IndexOf(_spots, (byte)cell, 0, Apples);
            return apple >= 0 && _frame >= _appleSince[apple] ? KeyToDoorCell.Apple : KeyToDoorCell.Floor;
        }
    }

    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(9);
        writer.Write(_room);
        writer.Write(_frame);
        writer.Write(_agent);
        writer.Write(_key);
        writer.Write(_hasKey);
        writer.Write(_lightIsOn);
        writer.Write(_doorIsOpen);
        SavedNumbers.WriteAll(ref writer, _spots);
        writer.WriteArrayHeader(Apples);
        foreach (int since in _appleSince) writer.Write(since);
    }

    public void Restore(ref MessagePackReader reader)
    {
        const string What = "key-to-door";
        SavedData.ExpectArray(ref reader, 9, What);
        _room = SavedNumbers.Read(ref reader, 0, 2, What);
        _frame = SavedNumbers.Read(ref reader, 0, Math.Max(KeyFrames, _appleFrames), What);
        _agent = SavedNumbers.Read(ref reader, 0, (Width * Height) - 1, What);
        _key = SavedNumbers.Read(ref reader, 0, (Width * Height) - 1, What);
        _hasKey = reader.ReadBoolean();
        _lightIsOn = reader.ReadBoolean();
        _doorIsOpen = reader.ReadBoolean();
        SavedNumbers.ReadAll(ref reader, _spots, Width * Height, What);
        SavedData.ExpectArray(ref reader, Apples, What);
        for (int i = 0; i < Apples; i++) _appleSince[i] = reader.ReadInt32();
    }

    private string Walls => _room switch { 0 => KeyRoom, 1 => AppleRoom, _ => DoorRoom };

    // The door opens for the key, and stays open once it was used.
    private bool IsOpen(int cell) => Walls[cell] != '#' && (_room != 2 || cell != Door || _hasKey || _doorIsOpen);

    private float TakeKey()
    {
        _lightIsOn = false;
        if (_hasKey || _agent != _key) return 0;
        (_hasKey, _lightIsOn) = (true, true);
        return 0;
    }

    private float EatApple()
    {
        int apple = Array.IndexOf(_spots, (byte)_agent, 0, Apples);
        if (apple < 0 || _frame <= _appleSince[apple]) return 0;
        _appleSince[apple] = _frame + AppleReturnsAfter + 1;
        return AppleReward;
    }

    private float OpenDoor()
    {
        if (_agent != Door || !_hasKey) return 0;
        (_hasKey, _doorIsOpen) = (false, true);
        return DoorReward;
    }

    private void Enter(int room, int agent) => (_room, _frame, _agent, _lightIsOn) = (room, 0, agent, false);
}
