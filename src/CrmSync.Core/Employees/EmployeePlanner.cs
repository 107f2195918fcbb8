using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>Both sides as they were read, with their links.</summary>
/// <param name="Members">The members, each once.</param>
/// <param name="Employees">The employees, each once.</param>
/// <param name="Links">The links.</param>
public sealed record EmployeeObservations(
    IReadOnlyList<ConnectWiseRecord> Members, IReadOnlyCollection<CrmRecord> Employees, IReadOnlyList<Link> Links);

/// <summary>
/// Plans the employees of all members together (EM-1, EM-3 to EM-6, EM-9). Pure and total: the same observations give the same lines, in the order of
/// the members, whatever their order; an employee is never given to two members.
/// </summary>
/// <param name="context">The settings and the directory.</param>
public sealed class EmployeePlanner(EmployeeContext context)
{
    private readonly EmployeeMerge _merge = new(context);

    /// <summary>Plans. One line a member, in the order of the members.</summary>
    public IReadOnlyList<PlanLine> Plan(EmployeeObservations observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        var employees = observed.Employees.ToDictionary(employee => employee.Id);
        var links = observed.Links.ToDictionary(link => link.ConnectWise);
        var verdicts = Verdicts(observed, links);
        return
        [
            .. observed.Members.Select(member => Line(
                member, EmployeeScope.Of(member, context.Settings), links.GetValueOrDefault(member.Id), verdicts.GetValueOrDefault(member.Id), employees)),
        ];
    }

    /// <summary>What matching says of each member in scope that has no link, over all of them together.</summary>
    internal Dictionary<ConnectWiseId, EmployeeMatch> Verdicts(EmployeeObservations observed, Dictionary<ConnectWiseId, Link> links)
    {
        var index = new EmployeeIndex(observed.Employees, links.Values.ToDictionary(link => link.Crm, link => link.ConnectWise));
        var open = observed.Members.Where(member => !links.ContainsKey(member.Id) && EmployeeScope.Of(member, context.Settings).Skip is null).ToList();
        var verdicts = open.ToDictionary(member => member.Id, member => EmployeeMatch.Of(index.Candidates(member, context.KeyOf(member.Id))));
        var claims = verdicts.Where(pair => pair.Value.Employee is not null).GroupBy(pair => pair.Value.Employee!.Employee);
        foreach (var claim in claims.Where(group => group.Count() > 1).ToList())
        {
            // The one that the sync created for a member is that member's, whoever else resembles it.
            foreach (var (id, verdict) in claim.Where(pair => !pair.Value.Employee!.Own))
            {
                verdicts[id] = verdict with { Employee = null, Stop = Reason.EmployeeContested };
            }
        }

        // Members who would be created with one address: the only active one of them is, the others wait.
        foreach (var shared in open.Where(member => verdicts[member.Id] is { Employee: null, Stop: null })
            .GroupBy(member => member.Fields[FieldKeys.Email], StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToList())
        {
            var active = shared.Where(member => !member.Inactive).ToList();
            foreach (var member in shared.Where(member => active.Count != 1 || member != active[0]))
            {
                verdicts[member.Id] = verdicts[member.Id] with { Stop = Reason.EmailShared };
            }
        }

        return verdicts;
    }

    private PlanLine Line(
        ConnectWiseRecord member, EmployeeScope scope, Link? link, EmployeeMatch? match, Dictionary<CrmId, CrmRecord> employees)
    {
        if (link is not null)
        {
            return Linked(member, scope, link, employees.GetValueOrDefault(link.Crm));
        }

        if (scope.Skip is { } skip)
        {
            return Left(member, Outcome.Skipped, skip);
        }

        if (match!.Stop is { } stop)
        {
            var outcome = stop == Reason.EmailWithoutId ? Outcome.Skipped : Outcome.Review;
            return Left(member, outcome, stop, candidates: [.. match.Candidates.Select(candidate => candidate.Employee)]);
        }

        return match.Employee is { } found ? Link(member, scope, found, employees[found.Employee]) : Create(member, scope);
    }

    private PlanLine Linked(ConnectWiseRecord member, EmployeeScope scope, Link link, CrmRecord? employee)
    {
        if (employee is null)
        {
            return Left(member, Outcome.Skipped, scope.Skip ?? Reason.EmployeeGone, link.Crm);
        }

        if (EmployeeScope.IsProtected(employee, context.Settings))
        {
            return Left(member, Outcome.Skipped, Reason.EmployeeProtected, link.Crm);
        }

        // A linked member without an address keeps its employee's.
        if (scope.Skip is null || scope.Skip == Reason.MemberWithoutEmail)
        {
            return Merged(member, scope.Active, link, employee, leaver: false);
        }

        if (scope.Skip != Reason.MemberNotActive)
        {
            return Left(member, Outcome.Skipped, scope.Skip, link.Crm);
        }

        return context.Settings is { Status: MemberStatus.Active, DeactivateLeavers: true }
            ? Merged(member, active: false, link, employee, leaver: true)
            : employee.Fields[FieldKeys.Active] == "false"
                ? new PlanLine { Entry = Entry(member, Outcome.Unchanged, link.Crm) }
                : Left(member, Outcome.Skipped, Reason.MemberInactive, link.Crm);
    }

    private PlanLine Create(ConnectWiseRecord member, EmployeeScope scope)
    {
        var values = EmployeeFields.Translate(member, context, scope.Active);
        var write = new FieldValues(values.Count);
        foreach (var (key, value) in values.Where(value => value.Value is not null))
        {
            write.Add(key, value);
        }

        return new PlanLine
        {
            Entry = Entry(member, Outcome.Created, null),
            Operation = Operation(OperationKind.Create, member, write) with { Picture = FirstLook(member) },
        };
    }

    private PlanLine Link(ConnectWiseRecord member, EmployeeScope scope, EmployeeCandidate found, CrmRecord employee)
    {
        if (EmployeeScope.IsProtected(employee, context.Settings))
        {
            return Left(member, Outcome.Skipped, Reason.EmployeeProtected, employee.Id);
        }

        var merged = _merge.Merge(EmployeeFields.Translate(member, context, scope.Active), null, employee, leaver: false);
        return new PlanLine
        {
            Entry = Entry(member, Outcome.Linked, employee.Id) with { Changes = merged.Changes, MatchedBy = found.Own ? ByKey : ByEmailAndId },
            Operation = Operation(OperationKind.Link, member, merged.Write) with
            {
                Expect = merged.Expect,
                ConnectWiseBase = merged.ConnectWiseBase,
                CrmBase = merged.CrmBase,
                Picture = FirstLook(member),
            },
        };
    }

    private PlanLine Merged(ConnectWiseRecord member, bool active, Link link, CrmRecord employee, bool leaver)
    {
        var merged = _merge.Merge(EmployeeFields.Translate(member, context, active), link, employee, leaver);
        var writes = merged.Write.Count > 0;
        var picture = leaver ? null : Look(member, link);
        var entry = Entry(member, writes ? Outcome.Updated : Outcome.Unchanged, employee.Id) with { Changes = merged.Changes };
        var type = TypeOf(member);
        if (!writes && picture is null && !merged.BasesMoved && link.Sent is null && link.Type == type && link.ConnectWiseUpdatedAt == member.UpdatedAt)
        {
            return new PlanLine { Entry = entry };
        }

        return new PlanLine
        {
            Entry = entry,
            Operation = Operation(writes ? OperationKind.Update : OperationKind.Bookkeep, member, merged.Write) with
            {
                Expect = merged.Expect,
                ConnectWiseBase = Carried(merged.ConnectWiseBase, link.ConnectWiseSnapshot, FieldKeys.Photo),
                CrmBase = Carried(merged.CrmBase, link.CrmSnapshot, FieldKeys.Picture),
                Picture = picture,
            },
        };
    }

    // EM-10: the reference tells of another picture, and the member's last change that the same one may have got other content.
    private PictureLook? Look(ConnectWiseRecord member, Link link)
    {
        var photo = member.Fields[FieldKeys.Photo];
        var look = photo is null
            ? link.CrmSnapshot[FieldKeys.Picture] is not null
            : link.ConnectWiseSnapshot[FieldKeys.Photo] != photo || link.ConnectWiseUpdatedAt != member.UpdatedAt;
        return context.TakesPictures && look ? new PictureLook(photo) : null;
    }

    private PictureLook? FirstLook(ConnectWiseRecord member) =>
        context.TakesPictures && member.Fields[FieldKeys.Photo] is { } photo ? new PictureLook(photo) : null;

    private static FieldValues Carried(FieldValues values, FieldValues snapshot, string key)
    {
        if (snapshot.TryGet(key, out var value))
        {
            values[key] = value;
        }

        return values;
    }

    private static PlanLine Left(ConnectWiseRecord member, Outcome outcome, Reason reason, CrmId? employee = null, IReadOnlyList<CrmId>? candidates = null) =>
        new() { Entry = Entry(member, outcome, employee) with { Reason = reason.Code, Candidates = candidates ?? [] } };

    private static RecordLogEntry Entry(ConnectWiseRecord member, Outcome outcome, CrmId? employee) =>
        new() { Id = member.Id, Entity = Entity.Employee, Crm = employee, Outcome = outcome };

    private static Operation Operation(OperationKind kind, ConnectWiseRecord member, FieldValues write) =>
        new() { Kind = kind, Write = write, Type = TypeOf(member), ConnectWiseUpdatedAt = member.UpdatedAt };

    private static long? TypeOf(ConnectWiseRecord member) => member.TypeIds.Count > 0 ? member.TypeIds[0] : null;

    /// <summary>How a line says that address and id were equal.</summary>
    public const string ByEmailAndId = "email-and-id";

    /// <summary>How a line says that the sync has marked the employee with the member's key.</summary>
    public const string ByKey = "external-key";

    /// <summary>How a line says that an earlier run had created the employee, and was interrupted before it was linked.</summary>
    public const string ByCreation = "interrupted-creation";
}
