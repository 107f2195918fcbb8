using System.Globalization;
using System.Text;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.EndToEnd.Support;

/// <summary>A tenant's links with their snapshots, as the links' store keeps them.</summary>
internal static class LinkExport
{
    public static async Task<IReadOnlyList<Link>> ReadAsync(ILinkStore links, TenantId tenant, Entity entity) =>
        await links.ReadRangeAsync(tenant, entity, new IdRange(0, null), CancellationToken.None);

    /// <summary>Everything but the runs' ids, with records by their names.</summary>
    public static async Task<string> MeaningAsync(ILinkStore links, TenantId tenant, CrmExport crm)
    {
        var text = new StringBuilder();
        foreach (var entity in Enum.GetValues<Entity>())
        {
            foreach (var link in await ReadAsync(links, tenant, entity))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{entity} {link.ConnectWise} {crm.NameOf(entity, link.Crm.Value)} {link.Type} {link.ConnectWiseUpdatedAt:O} "
                    + $"{Text(crm, link.ConnectWiseSnapshot)} {Text(crm, link.CrmSnapshot)}");
            }
        }

        return text.ToString();
    }

    private static string Text(CrmExport crm, FieldValues snapshot) =>
        CoreJson.Serialize(crm.Named(snapshot).OrderBy(field => field.Key, StringComparer.Ordinal).ToDictionary());
}
