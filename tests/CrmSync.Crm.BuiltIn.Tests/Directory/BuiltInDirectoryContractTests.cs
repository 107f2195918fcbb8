using CrmSync.Contracts.Employees;

namespace CrmSync.Crm.BuiltIn.Tests.Employees;

public sealed class BuiltInDirectoryCreateTests : DirectoryCreateContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await BuiltInDirectoryHarness.StartAsync();
}

public sealed class BuiltInDirectoryChangeTests : DirectoryChangeContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await BuiltInDirectoryHarness.StartAsync();
}

public sealed class BuiltInDirectoryReadTests : DirectoryReadContract
{
    protected override int Many => 2_300;

    protected override async Task<IDirectoryHarness> StartAsync() => await BuiltInDirectoryHarness.StartAsync();
}

public sealed class BuiltInDirectoryServiceTests : DirectoryServiceContract
{
    protected override async Task<IDirectoryHarness> StartAsync() => await BuiltInDirectoryHarness.StartAsync();
}
