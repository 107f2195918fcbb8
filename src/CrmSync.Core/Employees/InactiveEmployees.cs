using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>The linked employees whom the last sync left inactive: nobody invites them (EM-7).</summary>
internal static class InactiveEmployees
{
    public static async Task<HashSet<CrmId>> OfAsync(ILinkStore links, TenantId tenant, CancellationToken cancellation) =>
    [
        .. (await links.ReadRangeAsync(tenant, Entity.Employee, new IdRange(0, null), cancellation).ConfigureAwait(false))
            .Where(link => link.CrmSnapshot[FieldKeys.Active] == "false").Select(link => link.Crm),
    ];
}
