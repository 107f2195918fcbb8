using CrmSync.Core.Planning;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>One clause of the scope, with its verdict: a step of the explanation.</summary>
/// <param name="Name">Which clause: "member-type", "status", "email", "protected".</param>
/// <param name="Passed">Whether the member passes it.</param>
/// <param name="Words">Why, in words.</param>
public sealed record ScopeClause(string Name, bool Passed, string Words);

/// <summary>Whether an employee is wanted of a member, and in which state (EM-3, EM-4).</summary>
/// <param name="Skip">Why none is wanted; null where one is.</param>
/// <param name="Active">Whether the employee is active; meaningful only where one is wanted.</param>
/// <param name="Clauses">Every clause, also those behind the first that failed.</param>
public sealed record EmployeeScope(Reason? Skip, bool Active, IReadOnlyList<ScopeClause> Clauses)
{
    /// <summary>Decides for a member. Pure and total.</summary>
    public static EmployeeScope Of(ConnectWiseRecord member, EmployeeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(settings);
        var (status, wanted, active) = Status(member, settings.Status);
        ScopeClause[] clauses = [Type(member, settings.MemberTypes), status, Email(member), Unprotected(member, settings)];
        var skip = !clauses[0].Passed ? Reason.TypeNotSelected
            : !clauses[3].Passed ? Reason.EmployeeProtected
            : !wanted ? Reason.MemberNotActive
            : !clauses[2].Passed ? Reason.MemberWithoutEmail
            : null;
        return new EmployeeScope(skip, active, clauses);
    }

    private static ScopeClause Type(ConnectWiseRecord member, IReadOnlyList<long>? chosen)
    {
        var type = member.TypeIds.Count > 0 ? member.TypeIds[0] : (long?)null;
        return new ScopeClause("member-type", chosen is null || (type is { } id && chosen.Contains(id)), (chosen, type) switch
        {
            (null, _) => "All member types are chosen.",
            ({ Count: 0 }, _) => "No member type is chosen, so nobody is synchronised.",
            (_, null) => "The member has no type; only members of the chosen types are synchronised.",
            ({ } ids, { } own) => $"The member's type is {own}; chosen are {string.Join(", ", ids)}.",
        });
    }

    private static (ScopeClause Clause, bool Wanted, bool Active) Status(ConnectWiseRecord member, MemberStatus status)
    {
        var (wanted, active) = (status, member.Inactive) switch
        {
            (MemberStatus.Active, false) => (true, true),
            (MemberStatus.Active, true) => (false, false),
            (MemberStatus.All, false) => (true, true),
            (MemberStatus.All, true) => (true, false),
            (MemberStatus.Inactive, false) => (true, false),
            (MemberStatus.Inactive, true) => (false, false),
        };
        var word = member.Inactive ? "inactive" : "active";
        var setting = status switch
        {
            MemberStatus.Active => "active",
            MemberStatus.All => "all",
            MemberStatus.Inactive => "inactive",
        };
        return (new ScopeClause("status", wanted, wanted
            ? $"The member is {word} and the status setting is \"{setting}\": the employee is to be {(active ? "active" : "inactive")}."
            : $"The member is {word} and the status setting is \"{setting}\": no employee is wanted."), wanted, active);
    }

    private static ScopeClause Email(ConnectWiseRecord member) => member.Fields[FieldKeys.Email] is null
        ? new ScopeClause("email", false, "The member has no e-mail address.")
        : new ScopeClause("email", true, "The member has an e-mail address.");

    private static ScopeClause Unprotected(ConnectWiseRecord member, EmployeeSettings settings)
    {
        var named = EmployeeIds.Of(member).Any(id => settings.Protected.Contains(id, StringComparer.Ordinal));
        return new ScopeClause("protected", !named, named
            ? "The member's login name or address is on the list of protected employees."
            : "The member is on no list of protected employees.");
    }

    /// <summary>Whether an employee is never touched: by its id, one of its employee ids or its address, exactly.</summary>
    public static bool IsProtected(CrmRecord employee, EmployeeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(employee);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Protected.Count > 0
            && EmployeeIds.Lines(employee.Fields[FieldKeys.EmployeeIds]).Append(employee.Id.Value).Append(employee.Fields[FieldKeys.Email] ?? "")
                .Any(name => settings.Protected.Contains(name, StringComparer.Ordinal));
    }
}
