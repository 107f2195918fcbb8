using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Stores;

[NeedsAzurite]
public sealed class AzureLinkStoreTests : LinkStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<ILinkStore> OpenAsync() => (await _space.OpenAsync()).Links;
}

[NeedsAzurite]
public sealed class AzureRunStoreTests : RunStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<IRunStore> OpenAsync() => (await _space.OpenAsync()).Runs;
}

[NeedsAzurite]
public sealed class AzureTenantStoreTests : TenantStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<ITenantStore> OpenAsync() => (await _space.OpenAsync()).Tenants;
}

[NeedsAzurite]
public sealed class AzureSetupStoreTests : SetupStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<ISetupStore> OpenAsync() => (await _space.OpenAsync()).Setups;
}

[NeedsAzurite]
public sealed class AzureInvitationStoreTests : InvitationStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<IInvitationStore> OpenAsync() => (await _space.OpenAsync()).Invitations;
}

[NeedsAzurite]
public sealed class AzureInvitationRaceTests : InvitationRaceContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<IInvitationStore> OpenAsync() => (await _space.OpenAsync()).Invitations;
}

[NeedsAzurite]
public sealed class AzurePictureStoreTests : PictureStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    protected override async Task<IPictureStore> OpenAsync() => (await _space.OpenAsync()).Pictures;
}
