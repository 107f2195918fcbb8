using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>One entry of a contact's <c>communicationItems</c>.</summary>
/// <param name="Kind"><c>Email</c>, <c>Phone</c> or <c>Fax</c>.</param>
/// <param name="Value">The address or number.</param>
/// <param name="Extension">A phone's extension; null for none.</param>
/// <param name="TypeName">The tenant's own name for it, such as <c>Mobile</c>; null where it was not sent.</param>
/// <param name="IsDefault">The default of its kind.</param>
internal readonly record struct CommunicationItem(string Kind, string Value, string? Extension, string? TypeName, bool IsDefault);

/// <summary>The texts of one record that composed fields are made of. Reused from record to record.</summary>
internal sealed class RecordParts
{
    private readonly List<KeyValuePair<string, string?>> _texts = [];

    /// <summary>In ConnectWise's order.</summary>
    public List<CommunicationItem> Communications { get; } = [];

    /// <summary>The text of a member; null when the record has none.</summary>
    public string? this[string member]
    {
        get
        {
            foreach (var (name, value) in _texts)
            {
                if (name == member)
                {
                    return value;
                }
            }

            return null;
        }
    }

    public void Add(string member, string? value) => _texts.Add(new(member, value));

    public void Clear()
    {
        _texts.Clear();
        Communications.Clear();
    }

    /// <summary>The first of a kind, the default before the others; with its extension.</summary>
    public string? First(string kind) => FirstWhere(kind, static item => item.IsDefault) ?? FirstWhere(kind, static _ => true);

    /// <summary>The first of a kind that is so.</summary>
    public string? FirstWhere(string kind, Func<CommunicationItem, bool> isSo)
    {
        foreach (var item in Communications)
        {
            if (item.Kind == kind && isSo(item))
            {
                return Text(item);
            }
        }

        return null;
    }

    /// <summary>All of a kind, the default first, then in ConnectWise's order.</summary>
    public string? All(string kind)
    {
        var first = First(kind);
        if (first is null || !HasSeveral(kind))
        {
            return first;
        }

        return Canonical.List(Communications.Where(i => i.Kind == kind).OrderBy(i => i.IsDefault ? 0 : 1).Select(Text));
    }

    /// <summary>A phone number and its extension as one text that phone-number libraries read.</summary>
    public static string? Phone(string? number, string? extension) =>
        Canonical.Text(number) is not { } text ? null : Canonical.Text(extension) is { } more ? $"{text} x{more}" : text;

    private bool HasSeveral(string kind)
    {
        var count = 0;
        foreach (var item in Communications)
        {
            count += item.Kind == kind ? 1 : 0;
        }

        return count > 1;
    }

    private static string? Text(CommunicationItem item) => Phone(item.Value, item.Extension);
}
