using CrmSync.Core.Matching;
using CrmSync.Core.Records;

namespace CrmSync.Core.Merging;

/// <summary>When two canonical values mean the same, so that a side that reformats what it stores has changed nothing (ME-3, ME-6).</summary>
public static class FieldEquality
{
    /// <summary>Whether two values of a kind mean the same. An equivalence relation.</summary>
    /// <param name="kind">What the field holds.</param>
    /// <param name="left">A value; null for blank.</param>
    /// <param name="right">Another.</param>
    /// <param name="country">The country of phone numbers without a code.</param>
    public static bool Same(FieldKind kind, string? left, string? right, string country)
    {
        if (string.Equals(left, right, StringComparison.Ordinal))
        {
            return true;
        }

        return left is not null && right is not null && kind switch
        {
            FieldKind.Phone => Same(PhoneForm(left, country), PhoneForm(right, country)),
            FieldKind.Email or FieldKind.Url => string.Equals(left, right, StringComparison.OrdinalIgnoreCase),
            FieldKind.Text or FieldKind.LongText or FieldKind.Number or FieldKind.Boolean or FieldKind.Date or FieldKind.DateTime or FieldKind.Choice
                or FieldKind.TextList or FieldKind.Reference or FieldKind.LineItems or FieldKind.Notes => false,
        };
    }

    private static bool Same((string? Number, string Extension) left, (string? Number, string Extension) right) =>
        left.Number is not null && left == right;

    // The number without its dress, and the extension, which is part of what a user wrote.
    private static (string? Number, string Extension) PhoneForm(string phone, string country)
    {
        var mark = phone.AsSpan().IndexOfAny("xX#;,");
        var extension = mark < 0 ? "" : string.Concat(phone[mark..].Where(char.IsAsciiDigit));
        return (Normalise.Phone(phone, country), extension);
    }
}
