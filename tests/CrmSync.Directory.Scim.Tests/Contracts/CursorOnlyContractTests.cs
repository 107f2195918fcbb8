using CrmSync.Contracts.Employees;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Contracts;

public sealed class CursorOnlyCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.CursorOnly);
}

public sealed class CursorOnlyChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.CursorOnly);
}

public sealed class CursorOnlyReadTests : DirectoryReadContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.CursorOnly);
}

public sealed class CursorOnlyServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await ScimHarness.StartAsync(ScimServerOptions.CursorOnly);
}
