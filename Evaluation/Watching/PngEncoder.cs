using System.Buffers.Binary;
using System.IO.Compression;

namespace RLSeq.Evaluation;

/// <summary>Writes images as PNG (ISO/IEC 15948): 8-bit RGB, no filter, no interlacing, which is small enough for drawn pictures.</summary>
public static class PngEncoder
{
    private const int Channels = 3;
    private const byte BitDepth = 8, ColourTypeRgb = 2;

    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Encodes an image.</summary>
    /// <param name="pixels">Red, green and blue of each pixel, row by row from the top left: <c>[height, width, 3]</c>.</param>
    /// <param name="width">The width in pixels, at least 1.</param>
    /// <param name="height">The height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">The sizes are not positive, or the pixels are not as many.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height * Channels)
            throw new ArgumentException($"An image of {width} × {height} pixels has {(long)width * height * Channels} bytes, and both sizes at least 1; given: {pixels.Length} bytes.", nameof(pixels));
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitDepth, ColourTypeRgb);
        header[10..].Clear(); // deflate, the usual filters, no interlacing: the only or the plain ones
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(pixels, width * Channels));
        WriteChunk(png, "IEND"u8, default);
        return png.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int stride)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (; pixels.Length > 0; pixels = pixels[stride..])
            {
                zlib.WriteByte(0); // this row's filter: none
                zlib.Write(pixels[..stride]);
            }
        }
        return data.ToArray();
    }

    /// <summary>Length, type, data, and a checksum of type and data.</summary>
    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    /// <summary>CRC-32 with the polynomial 0xEDB88320, reflected; annex D of the standard.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) crc = CrcTable[(byte)crc ^ value] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
