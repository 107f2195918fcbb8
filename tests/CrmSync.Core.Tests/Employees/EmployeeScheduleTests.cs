using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-8: it runs daily by itself, is done within a day of saving, and does not wait a day where one has failed.</summary>
public sealed class EmployeeScheduleTests
{
    private static readonly EmployeeSettings Enabled = new() { Enabled = true, MemberTypes = null };

    private readonly EmployeeWorld _world = new();
    private readonly EmployeeSyncService _syncs;
    private readonly EmployeeSchedule _schedule;
    private int _ids;

    public EmployeeScheduleTests()
    {
        _syncs = new EmployeeSyncService(_world.Setup.Setups, _world.Runs, new AtOnce(_world), _world.Time, _ => new RunId($"run-s{++_ids:000}"));
        _schedule = new EmployeeSchedule(new Listed(Acme), _world.Setup.Setups, _world.Runs, _syncs, _world.Time);
    }

    [Fact]
    public async Task Schedule_IsDueOnceADayAndAfterSaving_EM8()
    {
        await _world.With(Member(1)).SetAsync(Enabled with { Enabled = false });
        Assert.Empty(await _schedule.StartDueAsync(default));
        await _world.SetAsync(Enabled);

        Assert.Single(await _schedule.StartDueAsync(default));
        Assert.Empty(await _schedule.StartDueAsync(default));
        await _syncs.StartAsync(Acme, new EmployeeOrder { DryRun = true }, default);
        _world.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await _schedule.StartDueAsync(default));
        _world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Single(await _schedule.StartDueAsync(default));

        _world.Time.Advance(TimeSpan.FromHours(2));
        var setup = await _world.Setup.Setups.ReadAsync(Acme, default);
        await _world.Setup.Setups.TryWriteAsync(Acme, setup with { EmployeesSavedAt = _world.Time.GetUtcNow() }, default);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await _schedule.StartDueAsync(default));
        Assert.Empty(await _schedule.StartDueAsync(default));
    }

    [Fact]
    public async Task Schedule_AfterOneThatFailed_IsDueWithinHours_EM8()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var run = Assert.Single(await _schedule.StartDueAsync(default));
        await _world.Runs.UpdateAsync(run with { State = RunState.Failed, EndedAt = _world.Time.GetUtcNow() }, default);

        Assert.Empty(await _schedule.StartDueAsync(default));
        _world.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.Single(await _schedule.StartDueAsync(default));
        _world.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await _schedule.StartDueAsync(default));
    }

    [Fact]
    public async Task Schedule_OneTenantCannotBeAsked_StartsTheOthers_EM8()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var broken = new TenantId("broken");
        var schedule = new EmployeeSchedule(new Listed(broken, Acme), new Without(broken, _world.Setup.Setups), _world.Runs, _syncs, _world.Time);

        var failure = await Assert.ThrowsAsync<AggregateException>(() => schedule.StartDueAsync(default));

        Assert.IsType<InvalidDataException>(Assert.Single(failure.InnerExceptions));
        Assert.Single(await _world.Runs.ListAsync(Acme, null, 10, default));
    }

    private sealed class Without(TenantId broken, ISetupStore setups) : ISetupStore
    {
        public Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
            tenant == broken ? throw new InvalidDataException("unreadable") : setups.ReadAsync(tenant, cancellation);

        public Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation) =>
            setups.TryWriteAsync(tenant, setup, cancellation);
    }

    private sealed class Listed(params TenantId[] tenants) : ITenantStore
    {
        public Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Tenant>>([.. tenants.Select(tenant => new Tenant(tenant, tenant.Value, DateTimeOffset.UnixEpoch))]);

        public Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellation) => throw new NotSupportedException();

        public Task AddKeyAsync(AccessKey key, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<AccessKey>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<bool> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
