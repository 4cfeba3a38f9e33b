namespace RLSeq.Agents;

/// <summary>The CRC-32 of zlib and PNG (polynomial 0xEDB88320, reflected), which <c>zlib.crc32</c> checks in Python.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>Computes the checksum.</summary>
    /// <param name="bytes">The bytes.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = Table[(byte)crc ^ value] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
