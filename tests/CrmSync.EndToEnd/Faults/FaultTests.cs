using CrmSync.EndToEnd.Resuming;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator.Faults;

namespace CrmSync.EndToEnd.Faults;

/// <summary>A site that fails now and then changes nothing in what an import comes to.</summary>
public sealed class FaultTests(Template template) : IClassFixture<Template>
{
    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.Timeout)]
    [InlineData(FaultKind.PoolTimeout)]
    [InlineData(FaultKind.HtmlBadGateway)]
    [InlineData(FaultKind.HtmlSuccess)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.ConnectionReset)]
    public async Task Import_WithAFaultAtEveryFewRequests_EndsAsUndisturbed_IM5(FaultKind kind)
    {
        var faults = template.ConnectWise.Switches.Faults;
        using var folder = template.Copy();
        await using var engine = await Engine.OpenAsync(folder.Path);
        faults.RetryAfterSeconds = 1;
        faults.Every(kind, 6);
        try
        {
            var run = await engine.WhenEndedAsync(Template.Tenant, await engine.StartAsync(Template.Tenant));
            FinalState.AssertSame(template.Undisturbed, await engine.StateAsync(Template.Tenant, run), kind.ToString());
        }
        finally
        {
            faults.Clear();
        }
    }

    [Fact]
    public async Task Import_InAStormOf429_WaitsAndEndsAsUndisturbed_IM5()
    {
        var faults = template.ConnectWise.Switches.Faults;
        using var folder = template.Copy();
        await using var engine = await Engine.OpenAsync(folder.Path);
        faults.RetryAfterSeconds = 1;
        faults.Next(FaultKind.TooManyRequests, 6);
        var run = await engine.WhenEndedAsync(Template.Tenant, await engine.StartAsync(Template.Tenant));
        FinalState.AssertSame(template.Undisturbed, await engine.StateAsync(Template.Tenant, run), "storm");
    }
}
