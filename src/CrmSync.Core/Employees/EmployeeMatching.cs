using CrmSync.Core.Planning;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>How near two texts are.</summary>
public enum Nearness
{
    /// <summary>They differ.</summary>
    Different,

    /// <summary>They differ only in case or space.</summary>
    Almost,

    /// <summary>They are equal, exactly.</summary>
    Equal,
}

/// <summary>An employee that resembles a member, and how.</summary>
/// <param name="Employee">The employee.</param>
/// <param name="Email">How near the addresses are.</param>
/// <param name="Id">How near the nearest ids are.</param>
/// <param name="Own">Whether the sync has marked it as this member's: it carries the member's external key.</param>
/// <param name="LinkedTo">The other member that it is linked to; null for none.</param>
public sealed record EmployeeCandidate(CrmId Employee, Nearness Email, Nearness Id, bool Own, ConnectWiseId? LinkedTo)
{
    /// <summary>EM-5: the address is equal and at least one id is, exactly; or the sync has marked it as the member's.</summary>
    public bool Matches => Own || (Email == Nearness.Equal && Id == Nearness.Equal);

    /// <summary>Why it does or does not match.</summary>
    public string Words() => LinkedTo is { } other ? $"It is linked to the member {other}."
        : Own ? "It carries the key that the sync gave it for this member."
        : (Email, Id) switch
        {
            (Nearness.Equal, Nearness.Equal) => "The e-mail address and an employee id are equal.",
            (Nearness.Equal, Nearness.Almost) => "The e-mail address is equal, but the ids differ in case or space.",
            (Nearness.Equal, Nearness.Different) => "The e-mail address is equal, but no employee id is.",
            (Nearness.Almost, _) => "The e-mail addresses differ in case or space.",
            (Nearness.Different, Nearness.Equal) => "An employee id is equal, but the e-mail address is not.",
            (Nearness.Different, Nearness.Almost) => "The e-mail address differs, and the ids are only alike.",
            (Nearness.Different, Nearness.Different) => "Neither the e-mail address nor an employee id is equal.",
        };
}

/// <summary>What matching says of one member by itself; who else claims the same is decided over all members.</summary>
/// <param name="Employee">The employee to link; null for none.</param>
/// <param name="Stop">Why nothing is linked and nothing created; null where the member is new.</param>
/// <param name="Candidates">All candidates, those that do not match included.</param>
public sealed record EmployeeMatch(EmployeeCandidate? Employee, Reason? Stop, IReadOnlyList<EmployeeCandidate> Candidates)
{
    /// <summary>Decides between candidates (EM-5): never a guess, and nothing beside what may be the same person. Pure and total.</summary>
    public static EmployeeMatch Of(IReadOnlyList<EmployeeCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var free = candidates.Where(candidate => candidate.Matches && candidate.LinkedTo is null).ToList();
        var own = free.Where(candidate => candidate.Own).ToList();
        var chosen = own.Count == 1 ? own[0] : free.Count == 1 ? free[0] : null;
        var stop = chosen is not null ? null
            : free.Count > 1 ? Reason.EmployeeAmbiguous
            : candidates.Any(candidate => candidate.Matches) ? Reason.EmployeeLinkedElsewhere
            : candidates.Any(candidate => candidate.Email == Nearness.Equal) ? Reason.EmailWithoutId
            : candidates.Any(candidate => candidate.Id == Nearness.Equal) ? Reason.IdWithoutEmail
            : candidates.Any(candidate => candidate.Email == Nearness.Almost) ? Reason.EmailWrittenDifferently
            : null;
        return new EmployeeMatch(chosen, stop, candidates);
    }
}

/// <summary>The employees of a directory by what they may be known by.</summary>
internal sealed class EmployeeIndex
{
    private readonly ILookup<string, CrmRecord> _byEmail;
    private readonly ILookup<string, CrmRecord> _byId;
    private readonly ILookup<string, CrmRecord> _byKey;
    private readonly IReadOnlyDictionary<CrmId, ConnectWiseId> _linked;

    public EmployeeIndex(IReadOnlyCollection<CrmRecord> employees, IReadOnlyDictionary<CrmId, ConnectWiseId> linked)
    {
        _linked = linked;
        _byEmail = employees.Where(employee => employee.Fields[FieldKeys.Email] is not null).ToLookup(employee => Loose(employee.Fields[FieldKeys.Email]!));
        _byId = employees
            .SelectMany(employee => EmployeeIds.Lines(employee.Fields[FieldKeys.EmployeeIds]).Select(Loose).Distinct().Select(id => (id, employee)))
            .ToLookup(pair => pair.id, pair => pair.employee);
        _byKey = employees.Where(employee => employee.ExternalKey is not null).ToLookup(employee => employee.ExternalKey!, StringComparer.Ordinal);
    }

    /// <summary>All that resemble a member, in the order of their ids.</summary>
    public IReadOnlyList<EmployeeCandidate> Candidates(ConnectWiseRecord member, string externalKey)
    {
        var email = member.Fields[FieldKeys.Email];
        var ids = EmployeeIds.Of(member);
        var found = (email is null ? [] : _byEmail[Loose(email)]).Concat(ids.SelectMany(id => _byId[Loose(id)])).Concat(_byKey[externalKey]);
        return
        [
            .. found.DistinctBy(employee => employee.Id).OrderBy(employee => employee.Id).Select(employee => new EmployeeCandidate(
                employee.Id,
                Near(employee.Fields[FieldKeys.Email], email),
                EmployeeIds.Lines(employee.Fields[FieldKeys.EmployeeIds]).SelectMany(theirs => ids.Select(ours => Near(theirs, ours)))
                    .Append(Nearness.Different).Max(),
                employee.ExternalKey == externalKey,
                _linked.TryGetValue(employee.Id, out var other) && other != member.Id ? other : null)),
        ];
    }

    private static Nearness Near(string? left, string? right) => left is null || right is null ? Nearness.Different
        : string.Equals(left, right, StringComparison.Ordinal) ? Nearness.Equal
        : Loose(left) == Loose(right) ? Nearness.Almost
        : Nearness.Different;

    // Only to find what is alike; what is equal is decided exactly.
    private static string Loose(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}
