using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Contracts;

public sealed class StrictCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Strict);
}

public sealed class StrictChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Strict);
}

public sealed class StrictReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Strict);
}

public sealed class StrictServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Strict);
}
