using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>
/// The linked employees whom the last sync left active: only they are invited (EM-7). One that somebody deleted before it was linked is nobody's employee.
/// </summary>
internal static class ActiveEmployees
{
    public static async Task<HashSet<CrmId>> OfAsync(ILinkStore links, TenantId tenant, CancellationToken cancellation) =>
    [
        .. (await links.ReadRangeAsync(tenant, Entity.Employee, new IdRange(0, null), cancellation).ConfigureAwait(false))
            .Where(link => link.CrmSnapshot[FieldKeys.Active] != "false").Select(link => link.Crm),
    ];
}
