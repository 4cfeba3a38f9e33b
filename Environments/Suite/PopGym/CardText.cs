namespace RLSeq.Environments.Suite;

/// <summary>Draws the card tasks.</summary>
internal static class CardText
{
    private const int Shown = 80;
    private const string Letters = "sdch";

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

    private static char Letter(CardDeck deck, int index) => Letters[CardDeck.Suit(deck.Past(index))];
}
