using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>ConnectWise's types of user-defined fields. Values come loosely typed (a list's <c>"false"</c> is a text), so the declared type decides.</summary>
internal static class CustomFieldTypes
{
    public static FieldKind KindOf(string? type) => type switch
    {
        "Number" or "Currency" or "Percent" => FieldKind.Number,
        "Checkbox" => FieldKind.Boolean,
        "Date" => FieldKind.Date,
        "TextArea" => FieldKind.LongText,
        "Phone" => FieldKind.Phone,
        "Email" => FieldKind.Email,
        "Hyperlink" => FieldKind.Url,
        _ => FieldKind.Text,
    };
}
