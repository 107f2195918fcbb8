using CrmSync.Contracts.Crm;

namespace CrmSync.Crm.BuiltIn.Tests;

public sealed class BuiltInCrmCreateTests : CrmCreateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmUpdateTests : CrmUpdateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmBatchTests : CrmBatchContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmReferenceTests : CrmReferenceContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmCandidateTests : CrmCandidateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmListTests : CrmListContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmOpportunityTests : CrmOpportunityContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmFieldTests : CrmFieldContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmUserTests : CrmUserContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmTenantTests : CrmTenantContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmChangeTests : CrmChangeContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}

public sealed class BuiltInCrmFeedTests : CrmFeedContract
{
    protected override async Task<ICrmHarness> StartAsync() => await BuiltInHarness.StartAsync();
}
