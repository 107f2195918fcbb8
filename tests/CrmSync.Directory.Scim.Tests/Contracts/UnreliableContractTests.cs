using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Contracts;

public sealed class UnreliableCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Unreliable);
}

public sealed class UnreliableChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Unreliable);
}

public sealed class UnreliableReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Unreliable);
}

public sealed class UnreliableServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Unreliable);
}
