namespace RLSeq.Environments.Suite;

/// <summary>Draws the card tasks.</summary>
internal static class CardText
{
    private const int Shown = 80;
    private const string Letters = "sdch", RankLetters = "a23456789tjqk";
    private static readonly string[] ColourNames = ["black", "red"];

    /// <summary>
    /// Draws the suits dealt last, oldest first, and marks the one that the next action should name: that of the card with the index
    /// <paramref name="wanted"/>, which is negative where nothing is wanted yet.
    /// </summary>
    public static void Render(TextWriter output, string name, CardDeck deck, int wanted)
    {
        int first = Math.Max(0, deck.Dealt - Shown);
        output.WriteLine($"{name}: card {deck.Dealt} of {deck.Count}" + (wanted < 0 ? "" : $", wanted: {Letter(deck, wanted)} of card {wanted + 1}"));
        for (int i = first; i < deck.Dealt; i++) output.Write(Letter(deck, i));
        output.WriteLine();
        if (wanted >= first) output.WriteLine(new string(' ', wanted - first) + "^");
    }

    /// <summary>Draws how often each class has been dealt, and which one is asked for.</summary>
    public static void RenderCounts(TextWriter output, string name, CardDeck deck, CardFeature feature, int asked, int[] counts)
    {
        output.WriteLine($"{name}: card {deck.Dealt} of {deck.Count}, {ClassName(feature, CardDeck.Class(deck.Latest, feature))} dealt");
        output.WriteLine(string.Join(", ", counts.Select((count, i) => $"{ClassName(feature, i)} {count}{(i == asked ? " (wanted)" : "")}")));
    }

    /// <summary>The letter of a rank: a for the ace, t for ten.</summary>
    public static char RankLetter(int rank) => RankLetters[rank];

    /// <summary>The letter of a class: b and r for the colours, the suits' and ranks' own.</summary>
    public static char ClassLetter(CardFeature feature, int index) => ClassName(feature, index)[0];

    private static string ClassName(CardFeature feature, int index) => feature switch
    {
        CardFeature.Colour => ColourNames[index],
        CardFeature.Suit => $"{Letters[index]}",
        _ => $"{RankLetters[index]}",
    };

    private static char Letter(CardDeck deck, int index) => Letters[CardDeck.Suit(deck.Past(index))];
}
