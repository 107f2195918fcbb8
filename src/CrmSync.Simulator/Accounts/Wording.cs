using CrmSync.Simulator.Accounts.Data;

namespace CrmSync.Simulator.Accounts;

/// <summary>Names made of words, with the blemishes that real accounts have.</summary>
internal static class Wording
{
    // Coprime with the number of words, so that every index has a word of its own.
    private const long Spread = 1_013_904_223;

    /// <summary>A made-up word that belongs to this index alone.</summary>
    public static string Brand(int index, int shift)
    {
        var syllables = Names.Syllables;
        long words = (long)syllables.Length * syllables.Length * syllables.Length * syllables.Length;
        var number = (((index + 1L) * Spread) + shift) % words;
        var length = (long)syllables.Length;
        var third = syllables[number / (length * length) % length];
        var fourth = syllables[number / (length * length * length)];
        return string.Concat(Capital(syllables[number % length]), syllables[number / length % length], third, fourth);
    }

    /// <summary>The text with this record's blemishes: accents, emoji, a zero-width or a NUL character; mostly none.</summary>
    public static string Blemish(string text, Draws draws, int index, int purpose)
    {
        if (draws.Chance(index, purpose, Shares.Accented))
        {
            text = text.Replace('e', 'é').Replace('u', 'ü');
        }

        if (draws.Chance(index, purpose + 1, Shares.Emoji))
        {
            text = draws.Pick(index, purpose + 1, Names.Emoji) + text;
        }

        if (draws.Chance(index, purpose + 2, Shares.ZeroWidth))
        {
            text = text.Insert(text.Length / 2, "\u200E");
        }

        return draws.Chance(index, purpose + 3, Shares.NulCharacter) ? text + "\0" : text;
    }

    /// <summary>First and last name of a person.</summary>
    public static (string First, string Last) Person(Draws draws, int index, int purpose)
    {
        var accented = draws.Chance(index, purpose, Shares.Accented);
        return (draws.Pick(index, purpose + 1, accented ? Names.FirstAccented : Names.First),
            draws.Pick(index, purpose + 2, accented ? Names.LastAccented : Names.Last));
    }

    /// <summary>The letters and digits of a name that an e-mail address can hold.</summary>
    public static string Ascii(string name) =>
        string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
