using System.Globalization;
using CrmSync.Core.Matching;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>
/// Coarse keys of phone numbers: their last digits, which are the same whatever country the number is read in. A stored number and its E.164
/// form always share a key; numbers that are not equal may share one too, and Core tells them apart.
/// </summary>
internal static class PhoneKeys
{
    private const int Digits = 8;

    // National numbers shorter than this are not subscribers' numbers anywhere.
    private const int FewestDigits = 4;

    /// <summary>The keys under which a stored number is found; mostly one.</summary>
    public static IReadOnlyList<string> OfStored(string? phone)
    {
        if (phone is null)
        {
            return [];
        }

        Span<char> digits = stackalloc char[256];
        var count = 0;
        var beforeExtension = -1;
        var plain = true;
        foreach (var c in phone.AsSpan(0, Math.Min(phone.Length, digits.Length)))
        {
            if (char.IsDigit(c))
            {
                digits[count++] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c));
            }
            else if (!(c is ' ' or '(' or ')' or '-' or '.' or '+'))
            {
                plain = false;
                beforeExtension = beforeExtension < 0 && count >= FewestDigits ? count : beforeExtension;
            }
        }

        if (plain)
        {
            return Key(digits[..count]) is { } key ? [key] : [];
        }

        // What follows the first other character may be an extension, which E.164 does not have. Words as digits ("1-800-FLOWERS") and rarer
        // forms are left to Core's own reading.
        string?[] keys =
        [
            Key(digits[..count]),
            beforeExtension > 0 ? Key(digits[..beforeExtension]) : null,
            Key(Normalise.Phone(phone, "US").AsSpan().TrimStart('+')),
        ];
        return [.. keys.OfType<string>().Distinct()];
    }

    /// <summary>The keys under which numbers equal to this one may stand: its last eight digits, or all digits of a shorter national number.</summary>
    public static IEnumerable<string> OfE164(string phone)
    {
        var digits = phone.TrimStart('+');
        for (var length = Math.Min(Digits, digits.Length); length >= FewestDigits; length--)
        {
            yield return digits[^length..];
        }
    }

    // The zeros before a national number are dropped in E.164, so that they cannot count among the last digits of a short one.
    private static string? Key(ReadOnlySpan<char> digits)
    {
        digits = digits.TrimStart('0');
        return digits.Length < FewestDigits ? null : new string(digits.Length > Digits ? digits[^Digits..] : digits);
    }
}
