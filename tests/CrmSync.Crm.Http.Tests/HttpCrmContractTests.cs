using CrmSync.Contracts.Crm;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests;

public sealed class HttpCrmCreateTests : CrmCreateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmUpdateTests : CrmUpdateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmBatchTests : CrmBatchContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmReferenceTests : CrmReferenceContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmCandidateTests : CrmCandidateContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmListTests : CrmListContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmOpportunityTests : CrmOpportunityContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmFieldTests : CrmFieldContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmUserTests : CrmUserContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmTenantTests : CrmTenantContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmChangeTests : CrmChangeContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}

public sealed class HttpCrmFeedTests : CrmFeedContract
{
    protected override async Task<ICrmHarness> StartAsync() => await HttpHarness.StartAsync();
}
