using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>What is asked of an employee sync.</summary>
public sealed record EmployeeOrder
{
    /// <summary>Whether to stop after the guard (EM-8).</summary>
    public bool DryRun { get; init; }

    /// <summary>One member alone; null for all.</summary>
    public ConnectWiseId? Member { get; init; }

    /// <summary>The run whose plan was approved: only its operations are done (PL-1); null for none.</summary>
    public RunId? Plan { get; init; }

    /// <summary>Whether only the invitations that are due are sent.</summary>
    public bool InvitationsOnly { get; init; }

    /// <summary>Whether it is the whole sync, for which the day's is counted (EM-8).</summary>
    public bool Whole() => !DryRun && Member is null && Plan is null && !InvitationsOnly;
}
