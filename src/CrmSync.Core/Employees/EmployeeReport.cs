using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>What an employee sync did beyond its stage's counts.</summary>
public sealed record EmployeeReport
{
    /// <summary>Employees made inactive.</summary>
    public long Deactivated { get; init; }

    /// <summary>Employees made active again.</summary>
    public long Reactivated { get; init; }

    /// <summary>Invitations that the mail server has accepted.</summary>
    public long Invited { get; init; }

    /// <summary>Invitations that the mail server has refused.</summary>
    public long InvitationsRefused { get; init; }

    /// <summary>Invitations that could not be sent yet: the next run tries again.</summary>
    public long InvitationsPutOff { get; init; }

    /// <summary>Why they could not be sent; null where none is put off.</summary>
    public string? MailTrouble { get; init; }

    /// <summary>Invitations whose fate is unknown: somebody decides whether they are sent again (EM-7).</summary>
    public IReadOnlyList<CrmId> InvitationsUnknown { get; init; } = [];

    /// <summary>Pictures transferred or taken away (EM-10).</summary>
    public long Pictures { get; init; }

    /// <summary>Fields that the directory accepted and did not apply, by their keys.</summary>
    public IReadOnlyDictionary<string, long> FieldsNotApplied { get; init; } = new Dictionary<string, long>();

    /// <summary>Linked members that ConnectWise no longer lists. Members are never deleted, so nothing is concluded from it.</summary>
    public long Missing { get; init; }

    /// <summary>What the plan came to.</summary>
    public EmployeeFigures? Planned { get; init; }

    /// <summary>The guards that the plan trips; a dry run, and a run of an approved plan, tells them too.</summary>
    public IReadOnlyList<RunFailure> Guards { get; init; } = [];
}

/// <summary>What a plan of employees comes to: what the guards look at. Figures of several parts add up.</summary>
public sealed record EmployeeFigures
{
    /// <summary>Members that were read.</summary>
    public long Members { get; init; }

    /// <summary>Links that there are.</summary>
    public long Linked { get; init; }

    /// <summary>Links whose member was not read.</summary>
    public long Missing { get; init; }

    /// <summary>Linked employees that the directory does not show.</summary>
    public long Gone { get; init; }

    /// <summary>Employees whom somebody changed in the directory alone: that is left as it is.</summary>
    public long Drifted { get; init; }

    /// <summary>Employees to create.</summary>
    public long Creations { get; init; }

    /// <summary>Employees to change.</summary>
    public long Changes { get; init; }

    /// <summary>Active employees to make inactive.</summary>
    public long Deactivations { get; init; }

    /// <summary>Employees to make active again.</summary>
    public long Reactivations { get; init; }

    /// <summary>Pictures to look at.</summary>
    public long Pictures { get; init; }

    /// <summary>Fields to empty, by their keys, with the number of employees.</summary>
    public IReadOnlyDictionary<string, long> Emptied { get; init; } = new Dictionary<string, long>();
}
