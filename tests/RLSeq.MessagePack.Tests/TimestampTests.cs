using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// Timestamp 32 is d6 ff and 4 bytes of seconds; 64 is d7 ff and 30 bits of nanoseconds before 34 of seconds; 96 is c7 0c ff, 4 bytes
// of nanoseconds and 8 of seconds. The seconds were computed with `date -u -d '2106-02-07T06:28:15Z' +%s` and the like.
public class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00.0000000Z", "d6ff00000000")]
    [InlineData("2018-07-12T10:33:20.0000000Z", "d6ff5b472e70")] // 1531391600
    [InlineData("2106-02-07T06:28:15.0000000Z", "d6ffffffffff")] // 2^32 - 1, the last of timestamp 32
    [InlineData("2106-02-07T06:28:16.0000000Z", "d7ff0000000100000000")]
    [InlineData("1970-01-01T00:00:00.0000001Z", "d7ff0000019000000000")] // 100 ns: 100 << 34 = 0x190_0000_0000
    [InlineData("1970-01-01T00:00:01.9999999Z", "d7ffee6b267000000001")] // 999999900 << 34, and 1
    [InlineData("2514-05-30T01:53:03.9999999Z", "d7ffee6b2673ffffffff")] // 2^34 - 1, the last of timestamp 64
    [InlineData("2514-05-30T01:53:04.0000000Z", "c70cff000000000000000400000000")]
    [InlineData("1969-12-31T23:59:59.0000000Z", "c70cff00000000ffffffffffffffff")] // -1
    [InlineData("1969-12-31T23:59:59.9999999Z", "c70cff3b9ac99cffffffffffffffff")] // -1 and 999999900 ns
    [InlineData("0001-01-01T00:00:00.0000000Z", "c70cff00000000fffffff1886e0900")] // -62135596800
    [InlineData("9999-12-31T23:59:59.9999999Z", "c70cff3b9ac99c0000003afff4417f")] // 253402300799
    public void A_time_takes_the_shortest_form(string text, string hex)
    {
        DateTime time = DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
        Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write(time)));
        DateTime read = Codec.ReadHex(hex, (ref reader) => reader.ReadDateTime());
        Assert.Equal(time, read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }

    [Fact]
    public void Local_time_is_converted_and_unspecified_time_is_UTC()
    {
        DateTime utc = new(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        string expected = Codec.WriteHex((ref writer) => writer.Write(utc));
        Assert.Equal(expected, Codec.WriteHex((ref writer) => writer.Write(utc.ToLocalTime())));
        Assert.Equal(expected, Codec.WriteHex((ref writer) => writer.Write(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified))));
    }

    [Fact]
    public void Longer_forms_than_needed_are_read_and_finer_parts_cut()
    {
        Assert.Equal(DateTime.UnixEpoch, Codec.ReadHex("c70cff000000000000000000000000", (ref reader) => reader.ReadDateTime()));
        Assert.Equal(DateTime.UnixEpoch, Codec.ReadHex("c704ff00000000", (ref reader) => reader.ReadDateTime()));
        Assert.Equal(DateTime.UnixEpoch, Codec.ReadHex("c70cff000000630000000000000000", (ref reader) => reader.ReadDateTime()));
    }

    [Theory]
    [InlineData("d60500000000", "found extension 5")]
    [InlineData("d5ff0000", "4, 8 or 12 bytes; found 2")]
    [InlineData("d7ffee6b280000000000", "0 s and 1000000000 ns")]
    [InlineData("c70cff3b9aca000000000000000000", "0 s and 1000000000 ns")]
    [InlineData("c70cff00000000fffffff1886e08ff", "-62135596801 s")]
    [InlineData("c70cff000000000000003afff44180", "253402300800 s")]
    [InlineData("c70cff000000007fffffffffffffff", "9223372036854775807 s")]
    [InlineData("c70cff000000008000000000000000", "-9223372036854775808 s")]
    public void What_is_no_time_is_refused(string hex, string message) =>
        Assert.Contains(message, Codec.RefusedHex(hex, (ref reader) => reader.ReadDateTime()).Message, StringComparison.Ordinal);
}
