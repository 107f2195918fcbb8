using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation.Employees;

/// <summary>A directory connector that is wrong in one way.</summary>
internal sealed class MutantDirectory(IDirectory directory, EmployeeMutant mutant) : IDirectory
{
    public Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation) => directory.DescribeAsync(cancellation);

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => directory.TestAsync(cancellation);

    public Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation) => directory.ReadProfilesAsync(cancellation);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(CancellationToken cancellation) => directory.ReadAllAsync(cancellation).Select(Seen);

    public Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation) => directory.FindAsync(id, cancellation);

    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation) =>
        directory.FindCandidatesAsync(keys, cancellation);

    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        var blindly = mutant == EmployeeMutant.CreateRepeatedBlindly;
        var sent = writes.Select(write => blindly && write.Id is null ? write with { ExternalKey = null } : write);
        var results = await directory.WriteAsync([.. sent], cancellation);
        return mutant == EmployeeMutant.SnapshotOfWhatWasSent
            ? [.. results.Zip(writes, (result, write) => result with { Stored = result.Error is null ? write.Fields : null })] : results;
    }

    public Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation) =>
        directory.WritePictureAsync(id, picture, cancellation);

    // An address that is an id of its employee makes every equal address an equal id.
    private CrmRecord Seen(CrmRecord employee)
    {
        if (mutant != EmployeeMutant.MatchedByEmailAlone || employee.Fields[FieldKeys.Email] is not { } email)
        {
            return employee;
        }

        var fields = employee.Fields.Copy();
        fields[FieldKeys.EmployeeIds] = string.Join('\n', Canonical.Lines(fields[FieldKeys.EmployeeIds]).Append(email).Distinct());
        return new CrmRecord { Id = employee.Id, ExternalKey = employee.ExternalKey, Fields = fields };
    }
}

/// <summary>An invitation store that is wrong in one way.</summary>
internal sealed class MutantInvitations(IInvitationStore store, EmployeeMutant mutant) : IInvitationStore
{
    public Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation) => store.AddAsync(tenant, invitation, cancellation);

    public Task ReaddressAsync(TenantId tenant, CrmId employee, string email, string name, CancellationToken cancellation) =>
        store.ReaddressAsync(tenant, employee, email, name, cancellation);

    public Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => store.TryReleaseAsync(tenant, employee, cancellation);

    public async Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation) =>
        mutant == EmployeeMutant.MarkedAfterSending
            ? (await store.FindAsync(tenant, employee, cancellation))?.State == InvitationState.Due
            : await store.TryTakeAsync(tenant, employee, tokenHash, at, cancellation);

    public async Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation)
    {
        if (mutant == EmployeeMutant.MarkedAfterSending)
        {
            await store.TryTakeAsync(tenant, employee, "", at, cancellation);
        }

        await store.CompleteAsync(tenant, employee, at, error, cancellation);
    }

    public Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation) =>
        store.TryReviveAsync(tenant, employee, begunBefore, cancellation);

    public Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation) =>
        store.RedeemAsync(tenant, tokenHash, at, cancellation);

    public Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => store.FindAsync(tenant, employee, cancellation);

    public async Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        foreach (var invitation in mutant == EmployeeMutant.UnknownFateSentAgain ? await store.ListAsync(tenant, cancellation) : [])
        {
            await store.TryReviveAsync(tenant, invitation.Employee, DateTimeOffset.MaxValue, cancellation);
        }

        return await store.ListAsync(tenant, cancellation);
    }
}

/// <summary>A set-up that forgets who is protected.</summary>
internal sealed class Unprotecting(ISetupStore setups) : ISetupStore
{
    public async Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation);
        return setup with { Employees = setup.Employees! with { Protected = [] } };
    }

    public Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation) => setups.TryWriteAsync(tenant, setup, cancellation);
}

/// <summary>Steps of the employee sync one of which is wrong.</summary>
internal static class EmployeeMutantSteps
{
    public static RunStep Of(StepCatalog catalog, EmployeeMutant mutant) => async (step, context, input) =>
    {
        if (step != EmployeeSteps.Plan.Name)
        {
            return await catalog.RunStepAsync(step, context, input);
        }

        var given = CoreJson.Deserialize<EmployeePlanInput>(input);
        var taken = mutant == EmployeeMutant.PlannedAnewAtApproval ? given with { Order = given.Order with { Plan = null } } : given;
        var result = await catalog.RunStepAsync(step, context, CoreJson.Serialize(taken));
        var planned = CoreJson.Deserialize<EmployeesPlanned>(result);
        if (mutant == EmployeeMutant.GuardAfterTheFirstPage && !given.Order.DryRun && planned.Pages is [var first, ..])
        {
            await catalog.RunStepAsync(EmployeeSteps.Apply.Name, context, CoreJson.Serialize(new EmployeePageInput(first)));
        }

        return mutant == EmployeeMutant.LimitsIgnored ? CoreJson.Serialize(planned with { Limits = [] }) : result;
    };
}
