using System.Globalization;

namespace RLSeq.Environments;

/// <summary>What stands behind the equals sign of a wrapper's name: values separated by colons.</summary>
public sealed class WrapperArguments
{
    private readonly string[] _values;
    private readonly string _usage;

    internal WrapperArguments(string text, string usage) => (_values, _usage) = (text.Length == 0 ? [] : text.Split(':'), usage);

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>Refuses other numbers of values.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="UserInputException">There are fewer or more.</exception>
    public void Expect(int least, int most)
    {
        if (Count < least || Count > most) throw Misfit($"it has {Count} value{(Count == 1 ? "" : "s")}");
    }

    /// <summary>A whole number.</summary>
    /// <param name="index">Which value.</param>
    /// <exception cref="UserInputException">It is none.</exception>
    public int Whole(int index) =>
        int.TryParse(_values[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw Misfit($"'{_values[index]}' is no whole number");

    /// <summary>A number.</summary>
    /// <param name="index">Which value.</param>
    /// <exception cref="UserInputException">It is none.</exception>
    public float Number(int index) =>
        float.TryParse(_values[index], NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number : throw Misfit($"'{_values[index]}' is no number");

    /// <summary>All values as whole numbers from 0, with ranges such as <c>2-5</c> written out.</summary>
    /// <exception cref="UserInputException">One is neither a number nor a range.</exception>
    public IReadOnlyList<int> Indices()
    {
        const int Most = 1 << 20;
        var indices = new List<int>();
        foreach (string value in _values)
        {
            string[] ends = value.Split('-');
            int first = 0, last = 0;
            bool good = ends.Length is 1 or 2 && Index(ends[0], out first) & Index(ends[^1], out last) && first <= last && last - first < Most;
            if (!good) throw Misfit($"'{value}' is neither a whole number nor a range such as 2-5");
            indices.AddRange(Enumerable.Range(first, last - first + 1));
        }
        return indices;

        static bool Index(string text, out int index) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private UserInputException Misfit(string why) => new($"A wrapper is written {_usage}: {why}.");
}
