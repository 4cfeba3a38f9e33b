namespace RLSeq.Agents;

/// <summary>How numbers are kept while acting. Arithmetic on them is in 32-bit floats or in exact integers, whatever the format.</summary>
public enum NumberFormat
{
    /// <summary>32-bit floats, 4 bytes each.</summary>
    Float32,

    /// <summary>The upper half of a 32-bit float, 2 bytes each: its range, and 8 significant bits.</summary>
    BFloat16,

    /// <summary>
    /// Integers from -127 to 127 with a 32-bit scale per output of a layer, or per key or value and head: 1 byte each. The other
    /// factor of a product is rounded to 16 bits with a scale of its own, and products are added up exactly.
    /// </summary>
    Int8,
}
