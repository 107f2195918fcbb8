using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Simulation.Employees;

/// <summary>What the oracle says at the end.</summary>
internal sealed partial class EmployeeOracle
{
    /// <summary>What must hold once all is quiet.</summary>
    /// <param name="last">The last run, which had nothing to do.</param>
    public async Task SettledAsync(Run last)
    {
        if (last.State != RunState.Completed || _writes > 0 || last.Report!.Writes > 0)
        {
            Findings.Add($"L2: a run over a quiet world ended {last.State} {last.Failure?.Code} and wrote {_writes}");
        }

        foreach (var group in world.Directory.Employees.Where(employee => employee.ExternalKey is not null).GroupBy(employee => employee.ExternalKey)
            .Where(group => group.Count() > 1))
        {
            Findings.Add($"S3: {group.Count()} employees for {group.Key}");
        }

        var employees = world.Directory.Employees.ToDictionary(employee => employee.Id);
        var links = await world.Links.ReadRangeAsync(EmployeeWorld.Tenant, Entity.Employee, new IdRange(0, null), default);
        foreach (var member in world.Psa.Of(Entity.Employee))
        {
            var link = links.FirstOrDefault(link => link.ConnectWise == member.Id);
            var scope = EmployeeScope.Of(member, world.Settings);
            if (link is not null && employees.TryGetValue(link.Crm, out var employee) && !world.Settings.Protected.Contains(employee.Fields[FieldKeys.Email]))
            {
                Settled(member, employee, scope);
            }
            else if (link is null && scope.Skip is null && last.State == RunState.Completed
                && _plans[last.Id].GetValueOrDefault(member.Id)?.Entry.Reason is null)
            {
                Findings.Add($"C1: the member {member.Id} has no employee, and no reason is given");
            }
        }
    }

    private void Settled(ConnectWiseRecord member, CrmRecord employee, EmployeeScope scope)
    {
        var leaver = scope.Skip == Reason.MemberNotActive && world.Settings.DeactivateLeavers;
        if ((scope.Skip is null || leaver) && !_byHand.Contains((employee.Id, FieldKeys.Active))
            && employee.Fields[FieldKeys.Active] != (member.Inactive ? "false" : "true"))
        {
            Findings.Add($"L1: {employee.Id} is {employee.Fields[FieldKeys.Active]} and its member {(member.Inactive ? "inactive" : "active")}");
        }

        foreach (var key in scope.Skip is null ? People.Edited : [])
        {
            // ME-2: a blank never erases a value in a first merge.
            var kept = member.Fields[key] is null && _firstMerged.Contains(employee.Id);
            if (!kept && employee.Fields[key] != member.Fields[key] && !_byHand.Contains((employee.Id, key)))
            {
                Findings.Add($"L1: {key} of the member {member.Id} is \"{member.Fields[key]}\" and of {employee.Id} \"{employee.Fields[key]}\"");
            }
        }
    }
}
