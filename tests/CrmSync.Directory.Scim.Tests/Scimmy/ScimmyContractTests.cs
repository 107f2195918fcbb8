using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Scimmy;

[NeedsScimmy]
public sealed class ScimmyCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimmyHarness.StartAsync();
}

[NeedsScimmy]
public sealed class ScimmyChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimmyHarness.StartAsync();
}

[NeedsScimmy]
public sealed class ScimmyReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimmyHarness.StartAsync();
}

[NeedsScimmy]
public sealed class ScimmyServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimmyHarness.StartAsync();
}
