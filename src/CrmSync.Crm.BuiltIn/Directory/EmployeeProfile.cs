namespace CrmSync.Crm.BuiltIn;

/// <summary>A profile of the built-in directory: what an employee may do there (EM-6).</summary>
/// <param name="Name">Its name, unique without case.</param>
/// <param name="Active">Whether employees can be given it; those who have it keep it.</param>
public sealed record EmployeeProfile(string Name, bool Active = true)
{
    /// <summary>The profiles that a new tenant has.</summary>
    public static IReadOnlyList<EmployeeProfile> Defaults { get; } =
        [new("Employee"), new("Manager"), new("Administrator"), new("Contractor", Active: false)];
}
