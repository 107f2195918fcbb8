using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Employees;

namespace CrmSync.Core.Employees;

/// <summary>Runs single members through the sync, without writing.</summary>
/// <param name="systems">Both sides.</param>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="links">The links.</param>
/// <param name="addresses">Tells whether pictures have addresses.</param>
public sealed class EmployeeExplainer(ISystems systems, ISetupStore setups, ILinkStore links, PictureAddresses addresses)
{
    /// <summary>Explains a member. Refused: "employees-not-saved", "member-unknown".</summary>
    public async Task<Result<EmployeeExplanation>> ExplainAsync(TenantId tenant, ConnectWiseId id, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Employees is not { } settings)
        {
            return EmployeeSetup.NotSaved();
        }

        try
        {
            // Who shares an address or an employee with whom is known only over all members.
            var members = await MembersAsync(tenant, cancellation).ConfigureAwait(false);
            if (members.FirstOrDefault(member => member.Id == id) is not { } member)
            {
                return new Refusal(RefusalKind.NotFound, "member-unknown", $"ConnectWise has no member {id}.", "Look for it by its name in ConnectWise.")
                {
                    Field = "id",
                };
            }

            var directory = await systems.DirectoryAsync(tenant, cancellation).ConfigureAwait(false);
            var capabilities = await directory.DescribeAsync(cancellation).ConfigureAwait(false);
            var context = EmployeeObserving.ContextOf(settings, setup.Connection?.Company ?? "", capabilities, addresses);
            var employees = await EmployeeCandidates.FindAsync(directory, links, tenant, member, context, cancellation).ConfigureAwait(false);
            var linked = await links.ReadRangeAsync(tenant, Entity.Employee, new IdRange(0, null), cancellation).ConfigureAwait(false);
            return EmployeeExplanation.Of(context, member, new EmployeeObservations(members, employees, linked));
        }
        catch (SideException exception)
        {
            return new EmployeeExplanation { Member = id, Connection = new ExplainedConnection(false, exception.Message, exception.Remedy) };
        }
    }

    private async Task<List<ConnectWiseRecord>> MembersAsync(TenantId tenant, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var members = new List<ConnectWiseRecord>();
        var pages = connectWise.ReadPagesAsync(Entity.Employee, new IdRange(0, null), EmployeeFields.OfMember, null, cancellation);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            using var received = page;
            members.AddRange(connectWise.Parse(Entity.Employee, page.Json, EmployeeFields.OfMember));
        }

        return members;
    }
}
