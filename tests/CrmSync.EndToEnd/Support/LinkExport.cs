using System.Globalization;
using System.Text;
using CrmSync.Api.Endpoints;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;

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

    /// <summary>All links of a tenant as the API shows them, with the CRM's records by their names.</summary>
    public static async Task<string> ShownAsync(TenantClient tenant, ApiClient api, CrmExport crm)
    {
        var lines = new List<string>();
        foreach (var entity in Enum.GetValues<Entity>())
        {
            for (ConnectWiseId? after = new(0); after is { } place;)
            {
                var page = await api.GetAsync<LinkPage>(
                    $"api/tenants/{tenant.Tenant}/links/{Stages.NameOf(entity)}?limit=1000&after={place}", CancellationToken.None);
                lines.AddRange(page.Items.Select(link =>
                    $"{entity} {link.ConnectWise} {crm.NameOf(entity, link.Crm.Value)} {link.Type} {link.ConnectWiseUpdatedAt:O}"));
                after = page.After;
            }
        }

        return string.Join('\n', lines);
    }

    private static string Text(CrmExport crm, FieldValues snapshot) =>
        CoreJson.Serialize(crm.Named(snapshot).OrderBy(field => field.Key, StringComparer.Ordinal).ToDictionary());
}
