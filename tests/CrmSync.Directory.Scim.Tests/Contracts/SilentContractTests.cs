using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Contracts;

public sealed class SilentCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Silent);
}

public sealed class SilentChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Silent);
}

public sealed class SilentReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Silent);
}

public sealed class SilentServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Silent);
}
