using System.Text.Json;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>Reads the structures inside a record. Each method starts on the value's first token and ends on its last.</summary>
internal static class StructureReader
{
    /// <summary>The <c>lastUpdated</c> of an <c>_info</c> map; years before 1900 mean none.</summary>
    public static DateTimeOffset? LastUpdated(ref Utf8JsonReader reader)
    {
        DateTimeOffset? updated = null;
        if (IsOther(ref reader))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("lastUpdated"u8);
            reader.Read();
            if (wanted)
            {
                updated = JsonText.Instant(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return updated is { Year: < 1900 } ? null : updated;
    }

    /// <summary>The id of a reference, and its name when wanted (its identifier where it has no name).</summary>
    public static long? Reference(ref Utf8JsonReader reader, bool wantsName, out string? name)
    {
        long? id = null;
        string? identifier = null;
        name = null;
        if (IsOther(ref reader))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = Id(ref reader);
            }
            else if (wantsName && reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = JsonText.Read(ref reader, FieldKind.Text);
            }
            else if (wantsName && reader.ValueTextEquals("identifier"u8))
            {
                reader.Read();
                identifier = JsonText.Read(ref reader, FieldKind.Text);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        name ??= identifier;
        return id;
    }

    /// <summary>The ids of a list of references, in its order, and the first one's name when wanted.</summary>
    public static IReadOnlyList<long> References(ref Utf8JsonReader reader, bool wantsName, out string? firstName)
    {
        firstName = null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        List<long>? ids = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var id = Reference(ref reader, wantsName && ids is null, out var name);
            if (id is { } known)
            {
                firstName ??= name;
                (ids ??= new List<long>(1)).Add(known);
            }
        }

        return ids is null ? [] : ids;
    }

    /// <summary>The entries of <c>communicationItems</c> that hold a value.</summary>
    public static void Communications(ref Utf8JsonReader reader, List<CommunicationItem> items)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Communication(ref reader) is { } item)
            {
                items.Add(item);
            }
        }
    }

    /// <summary>Puts the values of the custom fields asked for to their places.</summary>
    public static void CustomFields(ref Utf8JsonReader reader, List<(long Id, int Index)> wanted, string?[] values)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            CustomField(ref reader, wanted, values);
        }
    }

    private static CommunicationItem? Communication(ref Utf8JsonReader reader)
    {
        string? kind = null, value = null, extension = null, typeName = null;
        var isDefault = false;
        if (IsOther(ref reader))
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = JsonText.Read(ref reader, FieldKind.Text);
            }
            else if (reader.ValueTextEquals("communicationType"u8))
            {
                reader.Read();
                kind = Kind(ref reader);
            }
            else if (reader.ValueTextEquals("defaultFlag"u8))
            {
                reader.Read();
                isDefault = JsonText.Read(ref reader, FieldKind.Boolean) == "true";
            }
            else if (reader.ValueTextEquals("extension"u8))
            {
                reader.Read();
                extension = JsonText.Read(ref reader, FieldKind.Text);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                Reference(ref reader, true, out typeName);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return kind is null || value is null ? null : new CommunicationItem(kind, value, extension, typeName, isDefault);
    }

    private static string? Kind(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? null
        : reader.ValueTextEquals("Email"u8) ? "Email"
        : reader.ValueTextEquals("Phone"u8) ? "Phone"
        : reader.ValueTextEquals("Fax"u8) ? "Fax"
        : null;

    private static void CustomField(ref Utf8JsonReader reader, List<(long Id, int Index)> wanted, string?[] values)
    {
        long? id = null;
        var kind = FieldKind.Text;
        Utf8JsonReader value = default;
        var hasValue = false;
        if (IsOther(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = Id(ref reader);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                kind = CustomFieldTypes.KindOf(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = reader;
                hasValue = true;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // The value is read last: its type may stand behind it.
        foreach (var (wantedId, index) in wanted)
        {
            if (hasValue && wantedId == id)
            {
                values[index] = JsonText.Read(ref value, kind);
            }
        }
    }

    /// <summary>An id, as a number or, as some write it, as a text.</summary>
    private static long? Id(ref Utf8JsonReader reader)
    {
        long? id = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
            JsonTokenType.String => ConnectWiseId.TryParse(reader.GetString())?.Value,
            _ => null,
        };
        reader.Skip();
        return id;
    }

    /// <summary>Passes over a value that is no object.</summary>
    private static bool IsOther(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return false;
        }

        reader.Skip();
        return true;
    }
}
