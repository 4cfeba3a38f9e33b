using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MessagePack;

// Throwing is kept out of the methods that read, so that those stay small.
public ref partial struct MessagePackReader
{
    /// <summary>The next value is of another kind; nothing of it was read.</summary>
    [DoesNotReturn]
    private readonly void ThrowUnexpected(string expected) => throw Unexpected(NextCode, expected, Consumed);

    /// <summary>The value is of another kind; its code was read.</summary>
    [DoesNotReturn]
    private readonly void ThrowUnexpected(byte code, string expected) => throw Unexpected(code, expected, Consumed - 1);

    [DoesNotReturn]
    private readonly void ThrowTruncated(long needed) => throw new MessagePackSerializationException(
        $"The data ends too early: at byte {Consumed} of {_length} at least {needed} more must follow, and {Remaining} do.",
        new EndOfStreamException());

    [DoesNotReturn]
    private readonly void ThrowOverflow(long value, string type) => throw Overflow(value.ToString(CultureInfo.InvariantCulture), type);

    [DoesNotReturn]
    private readonly void ThrowOverflow(ulong value, string type) => throw Overflow(value.ToString(CultureInfo.InvariantCulture), type);

    private static MessagePackSerializationException Unexpected(byte code, string expected, long position) => new(
        $"Expected {expected} at byte {position}; found {MessagePackCode.ToFormatName(code)} (0x{code:x2}).");

    private readonly MessagePackSerializationException Overflow(string value, string type) => new(
        $"The number {value} before byte {Consumed} does not fit {type}.", new OverflowException());
}
