using System.Text;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Crm.BuiltIn;

namespace CrmSync.EndToEnd.Support;

/// <summary>One record of the CRM with its lists.</summary>
internal sealed record CrmEntry(Entity Entity, CrmRecord Record, IReadOnlyList<string> Lists)
{
    public FieldValues Fields => Record.Fields;
}

/// <summary>All that a tenant's CRM holds.</summary>
internal sealed class CrmExport
{
    private static readonly string[] References = [FieldKeys.Company, FieldKeys.Contact, FieldKeys.User, FieldKeys.Salesperson];

    private readonly Dictionary<(Entity, string), CrmEntry> _entries;

    private CrmExport(IEnumerable<CrmEntry> entries) => _entries = entries.ToDictionary(entry => (entry.Entity, entry.Record.Id.Value));

    public IEnumerable<CrmEntry> All => _entries.Values;

    public static async Task<CrmExport> ReadAsync(BuiltInCrmFactory crms, TenantId tenant)
    {
        var entries = new List<CrmEntry>();
        foreach (var entity in Stages.InCrm)
        {
            await foreach (var record in crms.For(tenant).ReadAllAsync(entity, CancellationToken.None))
            {
                var lists = entity == Entity.Contact ? (await crms.BrowserFor(tenant).FindAsync(entity, record.Id, CancellationToken.None))!.Lists : [];
                entries.Add(new CrmEntry(entity, record, lists));
            }
        }

        return new CrmExport(entries);
    }

    public IEnumerable<CrmEntry> Of(Entity entity) => All.Where(entry => entry.Entity == entity);

    public CrmEntry? Find(Entity entity, CrmId id) => _entries.GetValueOrDefault((entity, id.Value));

    /// <summary>Everything to the letter, ids and times of change included.</summary>
    public string Exact() => Lines(entry => $"{entry.Record.Id} {entry.Record.UpdatedAt:O} {Body(entry, entry.Fields)}");

    /// <summary>Everything but what differs between two imports of the same account: ids stand by external keys, times of change are left out.</summary>
    public string Meaning() => Lines(entry => $"{NameOf(entry)} {Body(entry, Named(entry.Fields))}");

    /// <summary>Values with the names of the records that they point to.</summary>
    public FieldValues Named(FieldValues fields)
    {
        var named = new FieldValues(fields.Count);
        foreach (var (key, value) in fields)
        {
            named[key] = value is null ? null
                : References.Contains(key) ? NameOf(EntityOf(key), value)
                : key == FieldKeys.LineItems ? LineItem.Write(LineItem.Read(value).Select(Named))
                : value;
        }

        return named;
    }

    /// <summary>A record's name that no run changes: its external key, or the id of one that was there before.</summary>
    public string NameOf(Entity entity, string id) => _entries.TryGetValue((entity, id), out var entry) ? NameOf(entry) : $"nowhere:{id}";

    private static Entity EntityOf(string key) => key switch
    {
        FieldKeys.Company => Entity.Company,
        FieldKeys.Contact => Entity.Contact,
        _ => Entity.User,
    };

    private LineItem Named(LineItem line) => line with { Solution = line.Solution is { } id ? NameOf(Entity.Solution, id) : null };

    private static string NameOf(CrmEntry entry) => entry.Record.ExternalKey ?? $"seed:{entry.Entity}:{entry.Record.Id}";

    private static string Body(CrmEntry entry, FieldValues fields)
    {
        var values = CoreJson.Serialize(fields.OrderBy(field => field.Key, StringComparer.Ordinal).ToDictionary());
        return $"{entry.Record.ExternalKey} {values} [{string.Join(", ", entry.Lists.Order(StringComparer.Ordinal))}]";
    }

    private string Lines(Func<CrmEntry, string> line)
    {
        var text = new StringBuilder();
        foreach (var one in _entries.Values.Select(entry => $"{entry.Entity} {line(entry)}").Order(StringComparer.Ordinal))
        {
            text.AppendLine(one);
        }

        return text.ToString();
    }
}
