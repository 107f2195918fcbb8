using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using PhoneNumbers;

namespace CrmSync.Core.Matching;

/// <summary>
/// The normal forms by which values are compared (CO-3). Each function is total (null for what identifies nothing) and idempotent:
/// the normal form of a normal form is itself.
/// </summary>
public static class Normalise
{
    // Hosts on which anybody may have a page: they do not identify a company (CO-3).
    private static readonly FrozenSet<string> FreeHosts = new[]
    {
        "facebook.com", "linkedin.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "tiktok.com", "pinterest.com", "yelp.com",
        "google.com", "sites.google.com", "goo.gl", "bit.ly", "linktr.ee", "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com",
        "squarespace.com", "godaddysites.com", "business.site", "github.io", "medium.com", "etsy.com", "amazon.com", "ebay.com",
        "gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "aol.com", "icloud.com", "example.com", "localhost", "none", "na", "n-a",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Trailing words that tell the legal form and not the company (CO-3), as they read once punctuation is gone.
    private static readonly FrozenSet<string> LegalForms = new[]
    {
        "inc", "incorporated", "llc", "llp", "lp", "plc", "ltd", "limited", "corp", "corporation", "co", "company", "pc", "pllc", "pa",
        "gmbh", "mbh", "ag", "kg", "ohg", "ug", "ek", "se", "ev", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "vof", "ab", "as", "asa", "aps", "oy", "oyj",
        "pty", "pte", "sdn", "bhd", "kk", "kft", "zrt", "sro", "spzoo", "doo", "ltda", "cv", "sl", "slu",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FreeHostNames = FreeHosts.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LegalFormWords = LegalForms.GetAlternateLookup<ReadOnlySpan<char>>();

    // Characters that a name's words may take on the stack.
    private const int SmallText = 512;

    /// <summary>A phone number in E.164 form without its extension ("+15551234567"); null for what cannot be one.</summary>
    /// <param name="phone">The number as anybody writes it.</param>
    /// <param name="country">Two letters of the country of numbers without a country code.</param>
    public static string? Phone(string? phone, string country)
    {
        if (string.IsNullOrWhiteSpace(phone) || phone.Length > 250)
        {
            return null;
        }

        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            var number = phones.Parse(phone, country);
            return phones.IsPossibleNumber(number) ? phones.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The host of a web address without "www." and port, in lower case; null for a free host or what is no address.</summary>
    public static string? Website(string? website)
    {
        if (string.IsNullOrWhiteSpace(website))
        {
            return null;
        }

        var text = website.Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme >= 0 ? text[(scheme + 3)..] : text.TrimStart('/');
        var end = text.AsSpan().IndexOfAny('/', '?', '#');
        text = end >= 0 ? text[..end] : text;
        var user = text.LastIndexOf('@');
        text = user >= 0 ? text[(user + 1)..] : text;
        var port = text.IndexOf(':', StringComparison.Ordinal);
        text = (port >= 0 ? text[..port] : text).Trim().Trim('.').ToLowerInvariant();
        while (text.StartsWith("www.", StringComparison.Ordinal))
        {
            text = text[4..].TrimStart('.');
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 || text.AsSpan().ContainsAny(',', ';') || HasSpace(text) || IsFree(text) ? null : text;
    }

    /// <summary>A company's name in lower case without accents, punctuation, repeated space and trailing legal forms; null where nothing is left.</summary>
    public static string? CompanyName(string? name)
    {
        var all = Words(name ?? "");
        var words = all.AsSpan();

        // "Inc" alone is a name; "Acme Inc", "Acme Co Ltd", "Acme GmbH & Co. KG" are Acme.
        for (var last = words.LastIndexOf(' '); last >= 0 && TellsTheForm(words, last); last = words.LastIndexOf(' '))
        {
            words = words[..last];
        }

        return words.IsEmpty ? null : words.Length == all.Length ? all : words.ToString();
    }

    /// <summary>A person's full name in lower case without accents and punctuation; null where there is none.</summary>
    public static string? PersonName(string? first, string? last)
    {
        var words = Words($"{first} {last}");
        return words.Length == 0 ? null : words;
    }

    /// <summary>An e-mail address in lower case; null for what is none.</summary>
    public static string? Email(string? email)
    {
        var text = email?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && text.IndexOf('@', at + 1) < 0 && !HasSpace(text) ? text : null;
    }

    /// <summary>A solution's identifier without case and surrounding or repeated space; null for none.</summary>
    public static string? Sku(string? sku) =>
        string.IsNullOrWhiteSpace(sku) ? null : string.Join(' ', sku.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool HasSpace(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFree(ReadOnlySpan<char> host)
    {
        for (var rest = host; ;)
        {
            if (FreeHostNames.Contains(rest))
            {
                return true;
            }

            var dot = rest.IndexOf('.');
            if (dot < 0)
            {
                return false;
            }

            rest = rest[(dot + 1)..];
        }
    }

    // Whether the word after the last space tells the legal form: one itself, or the "and" behind one.
    private static bool TellsTheForm(ReadOnlySpan<char> words, int last)
    {
        var before = words[..last];
        return LegalFormWords.Contains(words[(last + 1)..])
            || (words[(last + 1)..] is "and" && LegalFormWords.Contains(before[(before.LastIndexOf(' ') + 1)..]));
    }

    // A text's words in lower case with one space between them.
    private static string Words(string text)
    {
        // Each "&" becomes a word of its own: no other character becomes longer.
        var folded = Fold(text);
        var most = folded.Length * " and ".Length;
        var words = most <= SmallText ? stackalloc char[SmallText] : new char[most];
        var length = 0;
        var ended = false;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol)
            {
                if (ended && length > 0)
                {
                    words[length++] = ' ';
                }

                ended = false;
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(words[length..]);
            }
            else if (rune.Value is '.' or '\'' or '’')
            {
                // "L.L.C." and "O'Neil" are one word each.
            }
            else if (rune.Value == '&')
            {
                var and = length == 0 ? "and" : " and";
                and.CopyTo(words[length..]);
                length += and.Length;
                ended = true;
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark))
            {
                ended = true;
            }
        }

        return words[..length].ToString();
    }

    // Accents off. Compatibility forms fold too: "ﬁ" is "fi", full-width letters are letters.
    private static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(rune.Value switch
                {
                    'ß' => "ss",
                    'ø' or 'Ø' => "o",
                    'æ' or 'Æ' => "ae",
                    'œ' or 'Œ' => "oe",
                    'ł' or 'Ł' => "l",
                    'đ' or 'Đ' => "d",
                    'ı' or 'İ' => "i",
                    _ => rune.ToString(),
                });
            }
        }

        return folded.ToString();
    }

    // A lone surrogate cannot be normalised; it becomes the replacement character, which no name keeps.
    private static string WellFormed(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune == Rune.ReplacementChar ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
