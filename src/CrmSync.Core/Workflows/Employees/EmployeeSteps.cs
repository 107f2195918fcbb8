namespace CrmSync.Core.Workflows.Employees;

/// <summary>The steps of an employee sync, by the names that hosts know them by.</summary>
public static class EmployeeSteps
{
    /// <summary>Keeps what the run works under, and counts the members.</summary>
    public static Step<EmployeeInput, EmployeesBegun> Begin { get; } = new("employees-begin");

    /// <summary>Observe: reads the members.</summary>
    public static Step<MembersInput, MembersObserved> Members { get; } = new("employees-members");

    /// <summary>Observe: reads the directory. Answers in how many parts.</summary>
    public static Step<EmployeeInput, int> Directory { get; } = new("employees-directory");

    /// <summary>Plan and guard.</summary>
    public static Step<EmployeePlanInput, EmployeesPlanned> Plan { get; } = new("employees-plan");

    /// <summary>Apply: writes one page.</summary>
    public static Step<EmployeePageInput, EmployeesApplied> Apply { get; } = new("employees-apply");

    /// <summary>Apply: sends the invitations that are due.</summary>
    public static Step<EmployeeInput, InvitationsSent> Invite { get; } = new("employees-invite");

    /// <summary>Report: ends the run.</summary>
    public static Step<EmployeeFinishInput, bool> Finish { get; } = new("employees-finish");

    /// <summary>Adds the employee sync and its steps to a host's catalog.</summary>
    public static void AddEmployees(this StepCatalog catalog, EmployeeServices services)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(services);
        var observing = new EmployeeObserving(services);
        catalog.Add(Begin, observing.BeginAsync);
        catalog.Add(Members, observing.MembersAsync);
        catalog.Add(Directory, observing.DirectoryAsync);
        catalog.Add(Plan, new EmployeePlanning(services).PlanAsync);
        catalog.Add(Apply, new EmployeeApplying(services).ApplyAsync);
        catalog.Add(Invite, new InvitationSending(services).SendAsync);
        catalog.Add(Finish, new EmployeeFinishing(services).FinishAsync);
        catalog.AddWorkflow<Core.Employees.EmployeeOrder>(EmployeeWorkflow.Name, EmployeeWorkflow.RunAsync);
    }
}
