using CrmSync.Core;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation.Employees;

/// <summary>Knows who is who, sees every write and every mail, and says what may never be.</summary>
internal sealed partial class EmployeeOracle(EmployeeWorld world)
{
    private static readonly HashSet<string> Derived = [FieldKeys.Active, FieldKeys.EmployeeIds];
    private readonly HashSet<(string Field, string? Value)> _typed = [];
    private readonly HashSet<ConnectWiseId> _inactive = [];
    private readonly HashSet<(ConnectWiseId Member, string? Email)> _addresses = [];
    private readonly HashSet<(CrmId Employee, string Field)> _byHand = [];
    private readonly Dictionary<CrmId, (string? Email, string? Id)> _added = [];
    private readonly HashSet<CrmId> _met = [];
    private readonly HashSet<CrmId> _firstMerged = [];
    private readonly Dictionary<RunId, Dictionary<ConnectWiseId, PlanLine>> _plans = [];
    private readonly Dictionary<string, int> _mails = [];
    private Run _run = null!;
    private long _linked;
    private int _writes;
    private int _deactivations;

    /// <summary>What was found wrong, in the order of the findings.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Somebody typed a member into ConnectWise.</summary>
    public void Typed(ConnectWiseRecord member)
    {
        foreach (var (field, value) in member.Fields)
        {
            _typed.Add((field, value));
        }

        _addresses.Add((member.Id, member.Fields[FieldKeys.Email]));
        if (member.Inactive)
        {
            _inactive.Add(member.Id);
        }
    }

    /// <summary>Somebody added an employee to the directory by hand, with one id.</summary>
    public void Added(CrmRecord employee)
    {
        _added.Add(employee.Id, (employee.Fields[FieldKeys.Email], employee.Fields[FieldKeys.EmployeeIds]));
        ByHand(employee.Id, FieldKeys.Active);
    }

    /// <summary>Somebody worked in the directory.</summary>
    public void ByHand(CrmId employee, string field) => _byHand.Add((employee, field));

    /// <summary>A run begins.</summary>
    public void Begun(Run run, long linked)
    {
        (_run, _linked, _writes, _deactivations) = (run, linked, 0, 0);
        _inactive.Clear();
        _inactive.UnionWith(world.Psa.Of(Entity.Employee).Where(member => member.Inactive).Select(member => member.Id));
    }

    /// <summary>A part of a plan was stored.</summary>
    public void Planned(RunId run, ReadOnlyMemory<byte> part)
    {
        var plan = _plans.TryGetValue(run, out var known) ? known : _plans[run] = [];
        foreach (var line in JsonLines.Read<PlanLine>(part))
        {
            plan[line.Entry.Id] = line;
        }
    }

    /// <summary>The sync wrote an employee.</summary>
    public void Written(CrmWrite write, CrmRecord? before, CrmRecord? after)
    {
        _writes++;
        if (before is not null && write.Id is not null && world.Settings.Protected.Contains(before.Fields[FieldKeys.Email]))
        {
            Find("EM-9", write, "is protected and was written");
        }

        if (before is null && after is not null && world.Directory.Employees.Any(other => other.Id != after.Id && !_added.ContainsKey(other.Id)
            && other.Fields[FieldKeys.EmployeeIds] == after.Fields[FieldKeys.EmployeeIds]))
        {
            Find("S3", write, "was created although the sync had created one with the same ids");
        }

        if (before is not null && before.Fields[FieldKeys.Active] != "false" && after!.Fields[FieldKeys.Active] == "false")
        {
            _deactivations++;
            if (!_plans[_run.Id].Values.Any(line => line.Entry.Crm == before.Id && _inactive.Contains(line.Entry.Id)))
            {
                Find("S5", write, "was made inactive although its member is active");
            }
        }

        if (_run.Employees!.Plan is { } approved && !IsOf(_plans[approved], write))
        {
            Find("S7", write, "was written otherwise than in the plan that was approved");
        }

        foreach (var (field, value) in write.Fields)
        {
            if (value is not null && !Derived.Contains(field) && !_typed.Contains((field, value)))
            {
                Find("S2", write, $"got \"{value}\", which nobody typed");
            }

            if (before is not null && after is not null && before.Fields[field] is { } lost && after.Fields[field] != lost
                && !world.Backups.Hold(before.Id, field, lost))
            {
                Find("S11", write, $"lost \"{lost}\", which stands in no backup");
            }
        }

        foreach (var (field, _) in after is null ? [] : write.Fields.Where(field => before?.Fields[field.Key] != after.Fields[field.Key]))
        {
            _byHand.Remove((after!.Id, field));
        }
    }

    /// <summary>A link was stored. Whoever is linked for the first time was created for the member, or has its address and one of its ids (EM-5).</summary>
    public void Linked(Link link)
    {
        if (!_met.Add(link.Crm))
        {
            return;
        }

        if (_plans[_run.Id].GetValueOrDefault(link.ConnectWise)?.Operation?.Kind == OperationKind.Link)
        {
            _firstMerged.Add(link.Crm);
        }

        // EM-9: whom the first meeting finds switched off stays so, also one whom an interrupted run created so.
        if (link.ConnectWiseSnapshot[FieldKeys.Active] == "true"
            && world.Directory.Employees.FirstOrDefault(employee => employee.Id == link.Crm)?.Fields[FieldKeys.Active] == "false")
        {
            ByHand(link.Crm, FieldKeys.Active);
        }

        var member = world.Psa.Of(Entity.Employee).First(member => member.Id == link.ConnectWise);
        if (_added.TryGetValue(link.Crm, out var added)
            && !(_addresses.Contains((member.Id, added.Email))
                && (added.Id == member.Fields[FieldKeys.Identifier] || _addresses.Contains((member.Id, added.Id)))))
        {
            Findings.Add($"S4: {link.Crm}, whom somebody added as {added}, is linked to the member {link.ConnectWise}");
        }
    }

    /// <summary>The mail server was offered an invitation.</summary>
    public void Mailed(InvitationMail mail, MailFate fate)
    {
        if (fate is MailFate.Accepted or MailFate.Unknown && (_mails[mail.To] = _mails.GetValueOrDefault(mail.To) + 1) > 1)
        {
            Findings.Add($"EM-7: {mail.To} was invited {_mails[mail.To]} times");
        }
    }

    /// <summary>A run has ended.</summary>
    public void Ended(Run run)
    {
        if (run.State == RunState.Stopped && _writes > 0)
        {
            Findings.Add($"S6: {run.Id} was stopped by {run.Failure!.Code} and had made {_writes} writes");
        }

        var limit = world.Settings.Limits.Deactivations;
        if (run.Employees!.Plan is null && _deactivations > limit.AtLeast && _deactivations > _linked * limit.Share)
        {
            Findings.Add($"S6: {run.Id} made {_deactivations} of {_linked} employees inactive without asking");
        }

        foreach (var stage in (run.Report?.Stages ?? []).Where(stage => stage.Read != stage.Accounted()))
        {
            Findings.Add($"IM-9: {run.Id} read {stage.Read} and accounted for {stage.Accounted()}");
        }
    }

    private static bool IsOf(Dictionary<ConnectWiseId, PlanLine> plan, CrmWrite write) =>
        write.Fields.Count == 0 || plan.Values.Any(line => IsOf(line.Entry, write) && line.Operation is { } operation
            && CoreJson.Serialize(operation.Write) == CoreJson.Serialize(write.Fields));

    private static bool IsOf(RecordLogEntry entry, CrmWrite write) => write.Id is { } id ? entry.Crm == id
        : write.ExternalKey is null || write.ExternalKey == ExternalKeys.Of("acme", Entity.Employee, entry.Id);

    private void Find(string property, CrmWrite write, string what) => Findings.Add($"{property}: {write.Id?.Value ?? write.ExternalKey} {what}");
}
