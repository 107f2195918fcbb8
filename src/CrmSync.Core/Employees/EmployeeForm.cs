namespace CrmSync.Core.Employees;

/// <summary>The employee sync as an administrator fills it in. The secrets go into the secret store and nowhere else (SU-11).</summary>
public sealed record EmployeeForm
{
    /// <summary>The settings.</summary>
    public required EmployeeSettings Settings { get; init; }

    /// <summary>The directory's token; null to keep the stored one, as long as the directory stays the same.</summary>
    public string? DirectoryToken { get; init; }

    /// <summary>The mail user's password; null to keep the stored one, as long as server and user stay the same.</summary>
    public string? MailPassword { get; init; }

    /// <summary>Nothing of it: a form that ends up in a log by accident does not take its secrets along.</summary>
    public override string ToString() => nameof(EmployeeForm);
}

/// <summary>The employee sync as it was saved, without secrets.</summary>
public sealed record EmployeeSettingsView
{
    /// <summary>The version of the tenant's set-up.</summary>
    public required int Version { get; init; }

    /// <summary>The settings; null where nothing was saved.</summary>
    public EmployeeSettings? Settings { get; init; }

    /// <summary>When they were saved; null where they never were.</summary>
    public DateTimeOffset? SavedAt { get; init; }

    /// <summary>Whether a token for the directory is stored.</summary>
    public required bool DirectoryTokenStored { get; init; }

    /// <summary>Whether a password for the mail server is stored.</summary>
    public required bool MailPasswordStored { get; init; }

    /// <summary>When a test last passed; null where none did.</summary>
    public DateTimeOffset? TestedAt { get; init; }

    /// <summary>Whether that test was of these very settings: then the sync may be enabled (EM-2).</summary>
    public required bool TestHolds { get; init; }
}

/// <summary>What there is to choose from, live.</summary>
/// <param name="MemberTypes">ConnectWise's member types (EM-4).</param>
/// <param name="Profiles">The directory's active profiles (EM-6); null where it takes any text.</param>
public sealed record EmployeeOptions(IReadOnlyList<Ports.Choice> MemberTypes, IReadOnlyList<string>? Profiles);
