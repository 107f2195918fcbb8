using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;

namespace CrmSync.Storage.Sqlite.Tests.Stores;

public sealed class SqliteLinkStoreTests : LinkStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<ILinkStore> OpenAsync() => (await _folder.OpenAsync()).Links;
}

public sealed class SqliteRunStoreTests : RunStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<IRunStore> OpenAsync() => (await _folder.OpenAsync()).Runs;
}

public sealed class SqliteTenantStoreTests : TenantStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<ITenantStore> OpenAsync() => (await _folder.OpenAsync()).Tenants;
}

public sealed class SqliteSetupStoreTests : SetupStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<ISetupStore> OpenAsync() => (await _folder.OpenAsync()).Setups;
}

public sealed class SqliteInvitationStoreTests : InvitationStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<IInvitationStore> OpenAsync() => (await _folder.OpenAsync()).Invitations;
}

public sealed class SqliteInvitationRaceTests : InvitationRaceContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<IInvitationStore> OpenAsync() => (await _folder.OpenAsync()).Invitations;
}

public sealed class SqlitePictureStoreTests : PictureStoreContract
{
    private readonly SqliteFolder _folder = new();

    public override Task DisposeAsync() => _folder.RemoveAsync();

    protected override async Task<IPictureStore> OpenAsync() => (await _folder.OpenAsync()).Pictures;
}
