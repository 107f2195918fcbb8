using System.Globalization;
using CrmSync.Core.Matching;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>
/// Coarse keys of phone numbers: their last digits, which are the same whatever country the number is read in. A stored number and its E.164
/// form always share a key; numbers that are not equal may share one too, and Core tells them apart.
/// </summary>
internal static class PhoneKeys
{
    // Longer would miss short national numbers behind a trunk or carrier code that E.164 drops; one in a million other numbers shares six.
    private const int Digits = 6;

    // National numbers shorter than this are not subscribers' numbers anywhere.
    private const int FewestDigits = 4;

    /// <summary>The keys under which a stored number is found; mostly one.</summary>
    public static IReadOnlyList<string> OfStored(string? phone)
    {
        if (phone is null)
        {
            return [];
        }

        var keys = new List<string>(1);
        Span<char> digits = stackalloc char[256];
        var count = 0;
        var cut = 0;
        foreach (var c in phone.AsSpan(0, Math.Min(phone.Length, digits.Length)))
        {
            if (char.IsDigit(c))
            {
                digits[count++] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c));
            }
            else if (!(c is ' ' or '(' or ')' or '-' or '.' or '+') && count > cut)
            {
                // What follows may be an extension, which E.164 does not have.
                Add(keys, digits[..count], HasPrefix(phone, digits));
                cut = count;
            }
        }

        Add(keys, digits[..count], HasPrefix(phone, digits));
        if (phone.Any(char.IsLetter))
        {
            // Words as digits ("1-800-FLOWERS") are left to Core's own reading.
            Add(keys, Normalise.Phone(phone, "US").AsSpan().TrimStart('+'), hasPrefix: false);
        }

        return keys.Count > 1 ? [.. keys.Distinct()] : keys;
    }

    /// <summary>The keys under which numbers equal to this one may stand: its last six digits, or all digits of a shorter national number.</summary>
    public static IEnumerable<string> OfE164(string phone)
    {
        var digits = phone.TrimStart('+');
        for (var length = Math.Min(Digits, digits.Length); length >= FewestDigits; length--)
        {
            yield return digits[^length..];
        }
    }

    // The zeros before a national number are dropped in E.164, and so is the one after a country code ("+43 (0)1 58858"): neither can count among
    // the last digits of a short number.
    private static void Add(List<string> keys, ReadOnlySpan<char> digits, bool hasPrefix)
    {
        digits = digits.TrimStart('0');
        if (digits.Length < FewestDigits)
        {
            return;
        }

        var last = digits.Length > Digits ? digits[^Digits..] : digits;
        keys.Add(new string(last));
        for (var i = 1; hasPrefix && i <= last.Length - FewestDigits; i++)
        {
            if (last[i - 1] == '0')
            {
                keys.Add(new string(last[i..]));
            }
        }
    }

    private static bool HasPrefix(string phone, ReadOnlySpan<char> digits) => digits[0] == '0' || phone.Contains('+', StringComparison.Ordinal);
}
