using System.Buffers;

namespace MessagePack;

/// <summary>
/// Reads MessagePack, from one piece of memory or several. Nothing is allocated but the strings and arrays that are returned, and
/// no length in the data is believed before the bytes for it are seen to be there. Names and behaviour are those of
/// MessagePack-CSharp's reader, so that either can stand here.
/// </summary>
/// <remarks>
/// Every failure on bad data is a <see cref="MessagePackSerializationException"/>. MessagePack-CSharp lets an
/// <see cref="EndOfStreamException"/> (the data ends too early) and an <see cref="OverflowException"/> (an integer does not fit)
/// through as they are; here they are the inner exception, so that one catch suffices. After a failure the reader's position is
/// not defined.
/// </remarks>
public ref partial struct MessagePackReader
{
    private readonly ReadOnlySequence<byte> _sequence;
    private readonly long _length;
    private SequencePosition _segment;
    private SequencePosition _nextSegment;
    private long _segmentStart;

    // The current segment and the place in it. The place is at the segment's end only where the whole input ends.
    private ReadOnlySpan<byte> _span;
    private int _index;

    /// <summary>Makes a reader of bytes that lie in one piece.</summary>
    /// <param name="memory">The bytes; not copied.</param>
    public MessagePackReader(ReadOnlyMemory<byte> memory) : this(new ReadOnlySequence<byte>(memory)) { }

    /// <summary>Makes a reader of bytes that lie in several pieces.</summary>
    /// <param name="readOnlySequence">The bytes; not copied.</param>
    public MessagePackReader(scoped in ReadOnlySequence<byte> readOnlySequence)
    {
        _sequence = readOnlySequence;
        _length = readOnlySequence.Length;
        _segment = _nextSegment = readOnlySequence.Start;
        _segmentStart = 0;
        _span = default;
        _index = 0;
        NextSegment();
    }

    /// <summary>The whole input.</summary>
    public readonly ReadOnlySequence<byte> Sequence => _sequence;

    /// <summary>Where the reader stands in <see cref="Sequence"/>.</summary>
    public readonly SequencePosition Position => _sequence.GetPosition(_index, _segment);

    /// <summary>The number of bytes read.</summary>
    public readonly long Consumed => _segmentStart + _index;

    /// <summary>Whether everything was read.</summary>
    public readonly bool End => _index == _span.Length;

    /// <summary>Whether the next value is nil.</summary>
    /// <exception cref="MessagePackSerializationException">There is no next value.</exception>
    public readonly bool IsNil => NextCode == MessagePackCode.Nil;

    /// <summary>What kind of value comes next.</summary>
    /// <exception cref="MessagePackSerializationException">There is no next value.</exception>
    public readonly MessagePackType NextMessagePackType => MessagePackCode.ToMessagePackType(NextCode);

    /// <summary>The first byte of the next value.</summary>
    /// <exception cref="MessagePackSerializationException">There is no next value.</exception>
    public readonly byte NextCode
    {
        get
        {
            if (_index == _span.Length) ThrowTruncated(1);
            return _span[_index];
        }
    }

    private readonly long Remaining => _length - Consumed;

    /// <summary>Gives a reader that stands at the same place, to look ahead.</summary>
    public readonly MessagePackReader CreatePeekReader() => this;

    /// <summary>Reads nil.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not nil.</exception>
    public Nil ReadNil()
    {
        if (!TryReadNil()) ThrowUnexpected("nil");
        return Nil.Default;
    }

    /// <summary>Reads nil if it comes next, and nothing otherwise.</summary>
    /// <returns>Whether it was nil.</returns>
    /// <exception cref="MessagePackSerializationException">There is no next value.</exception>
    public bool TryReadNil()
    {
        if (NextCode != MessagePackCode.Nil) return false;
        Advance(1);
        return true;
    }

    /// <summary>Reads true or false.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is neither.</exception>
    public bool ReadBoolean()
    {
        byte code = NextCode;
        if (code is not (MessagePackCode.False or MessagePackCode.True)) ThrowUnexpected("true or false");
        Advance(1);
        return code == MessagePackCode.True;
    }

    /// <summary>Reads the number of values of an array; the values follow.</summary>
    /// <returns>The number, no more than the number of bytes that remain.</returns>
    /// <exception cref="MessagePackSerializationException">No array comes next, or it claims more values than there are bytes.</exception>
    public int ReadArrayHeader()
    {
        byte code = NextCode;
        Advance(1);
        uint count = 0;
        switch (code)
        {
            case >= MessagePackCode.MinFixArray and <= MessagePackCode.MaxFixArray: count = (uint)(code & 15); break;
            case MessagePackCode.Array16: count = TakeUInt16(); break;
            case MessagePackCode.Array32: count = TakeUInt32(); break;
            default: ThrowUnexpected(code, "an array"); break;
        }
        return CheckedCount(count, bytesEach: 1);
    }

    /// <summary>Reads the number of pairs of a map; keys and values follow in turn.</summary>
    /// <returns>The number, no more than half the number of bytes that remain.</returns>
    /// <exception cref="MessagePackSerializationException">No map comes next, or it claims more pairs than the bytes could hold.</exception>
    public int ReadMapHeader()
    {
        byte code = NextCode;
        Advance(1);
        uint count = 0;
        switch (code)
        {
            case >= MessagePackCode.MinFixMap and <= MessagePackCode.MaxFixMap: count = (uint)(code & 15); break;
            case MessagePackCode.Map16: count = TakeUInt16(); break;
            case MessagePackCode.Map32: count = TakeUInt32(); break;
            default: ThrowUnexpected(code, "a map"); break;
        }
        return CheckedCount(count, bytesEach: 2);
    }

    /// <summary>Passes over one value with everything in it, however deeply nested: it needs no stack.</summary>
    /// <exception cref="MessagePackSerializationException">The data ends within the value or holds the code that is never used.</exception>
    public void Skip()
    {
        // Values still to pass over. Each needs a byte at least, so the sum stays below the number of bytes that remain.
        for (long pending = 1; pending > 0; pending--)
        {
            if (pending > Remaining) ThrowTruncated(pending);
            byte code = NextCode;
            switch (MessagePackCode.ToMessagePackType(code))
            {
                case MessagePackType.Array: pending += ReadArrayHeader(); break;
                case MessagePackType.Map: pending += 2L * ReadMapHeader(); break;
                case MessagePackType.String: Advance(ReadStringHeader()); break;
                case MessagePackType.Binary: Advance(ReadBinHeader()); break;
                case MessagePackType.Extension: Advance(ReadExtensionFormatHeader().Length); break;
                case MessagePackType.Unknown: ThrowUnexpected("any value"); break;
                default: Skip(1 + NumberBytes(code)); break;
            }
        }
    }

    /// <summary>Reads the next value as the bytes that encode it: a view of the input.</summary>
    /// <exception cref="MessagePackSerializationException">The data is damaged.</exception>
    public ReadOnlySequence<byte> ReadRaw()
    {
        SequencePosition start = Position;
        Skip();
        return _sequence.Slice(start, Position);
    }

    /// <summary>Reads a number of bytes, whatever they mean: a view of the input.</summary>
    /// <param name="length">The number of bytes, not negative.</param>
    /// <exception cref="MessagePackSerializationException">Fewer remain.</exception>
    public ReadOnlySequence<byte> ReadRaw(long length)
    {
        if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), length, "A number of bytes cannot be negative.");
        if (length > Remaining) ThrowTruncated(length);
        ReadOnlySequence<byte> result = _sequence.Slice(Position, length);
        Advance(length);
        return result;
    }

    private readonly int CheckedCount(uint count, long bytesEach)
    {
        if (count * bytesEach > Remaining) ThrowTruncated(count * bytesEach);
        if (count > int.MaxValue) ThrowOverflow((ulong)count, nameof(Int32));
        return (int)count;
    }

    private void Skip(int length)
    {
        if (length > Remaining) ThrowTruncated(length);
        Advance(length);
    }

    /// <summary>Moves over bytes that are known to remain.</summary>
    private void Advance(long count)
    {
        while (count >= _span.Length - _index)
        {
            count -= _span.Length - _index;
            _index = _span.Length;
            if (!NextSegment()) return;
        }
        _index += (int)count;
    }

    private bool NextSegment()
    {
        SequencePosition next = _nextSegment;
        while (_sequence.TryGet(ref _nextSegment, out ReadOnlyMemory<byte> memory))
        {
            if (!memory.IsEmpty)
            {
                _segmentStart += _index;
                _segment = next;
                _span = memory.Span;
                _index = 0;
                return true;
            }
            next = _nextSegment;
        }
        return false;
    }

    private byte TakeByte()
    {
        byte value = NextCode;
        Advance(1);
        return value;
    }
}
