using System.Globalization;

namespace RLSeq.Environments;

/// <summary>
/// A task with a number that the user chooses, such as the length of a corridor. The registry lists a few numbers; any other one in
/// the range works by name as well: <c>PassiveTMaze123</c>.
/// </summary>
/// <param name="Name">The name without the number.</param>
/// <param name="Number">What the number is, such as <c>corridor length</c>, for messages.</param>
/// <param name="Smallest">The smallest number that makes sense.</param>
/// <param name="Largest">The largest number that is accepted.</param>
/// <param name="Create">Makes the entry for a number, named with it.</param>
internal sealed record EnvironmentFamily(string Name, string Number, int Smallest, int Largest, Func<int, EnvironmentEntry> Create)
{
    /// <summary>The entries of some numbers.</summary>
    public IEnumerable<EnvironmentEntry> Of(params int[] numbers) => numbers.Select(Create);

    /// <summary>The entry that a name such as <c>PassiveTMaze123</c> stands for, or null where no family has this name.</summary>
    /// <exception cref="UserInputException">The number lies outside the family's range.</exception>
    public static EnvironmentEntry? Find(IEnumerable<EnvironmentFamily> families, string name)
    {
        int digits = 0;
        while (digits < name.Length && name[name.Length - 1 - digits] is >= '0' and <= '9') digits++;
        if (digits == 0) return null;
        string stem = name[..^digits];
        return families.FirstOrDefault(family => string.Equals(family.Name, stem, StringComparison.OrdinalIgnoreCase))?.Entry(name[^digits..]);
    }

    private EnvironmentEntry Entry(string digits)
    {
        bool fits = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= Smallest && number <= Largest;
        return fits ? Create(number) : throw new UserInputException($"{Name} takes a {Number} of {Smallest} to {Largest}; given: {digits}. Example: {Name}{Math.Max(Smallest, 10)}.");
    }
}
