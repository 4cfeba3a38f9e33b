using System.Diagnostics;

namespace RLSeq.Evaluation.Tests.Watching;

public sealed class PngEncoderTests
{
    /// <summary>A decoder from the standard's text, for what the encoder writes: it checks the signature, lengths, checksums and every filter byte.</summary>
    private const string Decoder = """
        import struct, sys, zlib
        data = bytes.fromhex(sys.stdin.read())
        assert data[:8] == b"\x89PNG\r\n\x1a\n", data[:8]
        at, parts, kinds = 8, [], []
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + length]
            assert struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body), kind
            kinds.append(kind.decode())
            if kind == b"IHDR": header = struct.unpack(">IIBBBBB", body)
            if kind == b"IDAT": parts.append(body)
            at += 12 + length
        assert kinds[0] == "IHDR" and kinds[-1] == "IEND" and at == len(data), kinds
        width, height = header[:2]
        assert header[2:] == (8, 2, 0, 0, 0), header
        raw = zlib.decompress(b"".join(parts))
        rows = [raw[y * (3 * width + 1):(y + 1) * (3 * width + 1)] for y in range(height)]
        assert len(raw) == height * (3 * width + 1) and all(row[0] == 0 for row in rows)
        print(width, height, b"".join(row[1:] for row in rows).hex().upper())
        """;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(84, 84)]
    [InlineData(1, 300)]
    public void An_independent_decoder_reads_the_same_pixels(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(width).NextBytes(pixels);
        Assert.Equal($"{width} {height} {Convert.ToHexString(pixels)}", Decode(PngEncoder.Encode(pixels, width, height)));
    }

    [Fact]
    public void Drawn_pictures_become_small()
    {
        var pixels = new byte[84 * 84 * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i / 3 % 84 / 12 * 30);
        Assert.InRange(PngEncoder.Encode(pixels, 84, 84).Length, 60, pixels.Length / 50);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, -1, 3)]
    [InlineData(2, 2, 11)]
    [InlineData(65536, 65536, 12)]
    public void Sizes_must_fit_the_pixels(int width, int height, int bytes) =>
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(new byte[bytes], width, height));

    private static string Decode(byte[] png)
    {
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Decoder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        python.StandardInput.Write(Convert.ToHexString(png));
        python.StandardInput.Close();
        string read = python.StandardOutput.ReadToEnd(), errors = python.StandardError.ReadToEnd();
        Assert.Equal("", errors);
        return read.Trim();
    }
}
