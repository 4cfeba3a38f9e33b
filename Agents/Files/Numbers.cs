using MessagePack;

namespace RLSeq.Agents;

/// <summary>Short lists of whole numbers in a policy file.</summary>
internal static class Numbers
{
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<int> numbers)
    {
        writer.WriteArrayHeader(numbers.Count);
        foreach (int number in numbers) writer.Write(number);
    }

    public static int[] Read(ref MessagePackReader reader)
    {
        int[] numbers = new int[reader.ReadArrayHeader()]; // the header promises no more than there are bytes
        for (int i = 0; i < numbers.Length; i++) numbers[i] = reader.ReadInt32();
        return numbers;
    }
}
