using CrmSync.Contracts.Crm;
using Xunit.Abstractions;

namespace CrmSync.Crm.Http.Tests.Faults;

public sealed class FaultyCreateTests(ITestOutputHelper output) : CrmCreateContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyUpdateTests(ITestOutputHelper output) : CrmUpdateContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyBatchTests(ITestOutputHelper output) : CrmBatchContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyReferenceTests(ITestOutputHelper output) : CrmReferenceContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyCandidateTests(ITestOutputHelper output) : CrmCandidateContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyListTests(ITestOutputHelper output) : CrmListContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyOpportunityTests(ITestOutputHelper output) : CrmOpportunityContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyFieldTests(ITestOutputHelper output) : CrmFieldContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyUserTests(ITestOutputHelper output) : CrmUserContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyTenantTests(ITestOutputHelper output) : CrmTenantContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyChangeTests(ITestOutputHelper output) : CrmChangeContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}

public sealed class FaultyFeedTests(ITestOutputHelper output) : CrmFeedContract
{
    protected override Task<ICrmHarness> StartAsync() => FaultLayer.HarnessAsync(output);
}
