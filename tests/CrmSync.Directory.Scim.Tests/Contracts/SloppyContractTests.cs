using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Contracts;

public sealed class SloppyCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Sloppy);
}

public sealed class SloppyChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Sloppy);
}

public sealed class SloppyReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Sloppy);
}

public sealed class SloppyServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.Sloppy);
}
