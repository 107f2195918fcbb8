using CrmSync.Api.Endpoints;
using CrmSync.Core.Records;
using CrmSync.Crm.Http;

namespace CrmSync.Hosting;

/// <summary>Shows the tenants' CRMs over the API, whichever they have.</summary>
/// <param name="crms">The tenants' CRMs.</param>
/// <param name="own">The CRM of tenants that name none.</param>
public sealed class TenantBrowser(TenantCrms crms, IHostCrm own) : ICrmBrowser
{
    // What people search by, as the built-in CRM does.
    private static readonly string[] Searched =
        [FieldKeys.Name, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Subject, FieldKeys.Email, FieldKeys.Emails, FieldKeys.Sku];

    /// <inheritdoc />
    public async Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation) =>
        await crms.OfAsync(tenant, cancellation) is HttpCrm http
            ? await ListAsync(http, entity, search, after, limit, cancellation)
            : await own.ListAsync(tenant, entity, search, after, limit, cancellation);

    /// <inheritdoc />
    public async Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation) =>
        await crms.OfAsync(tenant, cancellation) is HttpCrm http
            ? (await http.ReadAsync(entity, [id], cancellation)).GetValueOrDefault(id)
            : await own.FindAsync(tenant, entity, id, cancellation);

    // The contract has no search for people: pages are read until one holds something.
    private static async Task<CrmListing> ListAsync(HttpCrm crm, Entity entity, string? search, string? after, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await crm.ReadPageAsync(entity, after, limit, cancellation);
            var found = search is null ? page.Records : [.. page.Records.Where(record => Holds(record, search))];
            if (found.Count > 0 || page.Next is null)
            {
                return new CrmListing(found, page.Next);
            }

            after = page.Next;
        }
    }

    private static bool Holds(CrmRecord record, string search) =>
        Searched.Any(key => record.Fields[key]?.Contains(search, StringComparison.OrdinalIgnoreCase) == true);
}
