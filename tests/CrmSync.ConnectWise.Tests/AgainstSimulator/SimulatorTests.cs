using CrmSync.Core.Records;
using CrmSync.Simulator;
using CrmSync.Simulator.Faults;

namespace CrmSync.ConnectWise.Tests.AgainstSimulator;

public sealed class SimulatorTests
{
    public static TheoryData<Entity, SimulatedList> Lists => new()
    {
        { Entity.User, SimulatedList.Member },
        { Entity.Company, SimulatedList.Company },
        { Entity.Contact, SimulatedList.Contact },
        { Entity.Solution, SimulatedList.CatalogItem },
        { Entity.Activity, SimulatedList.Activity },
        { Entity.Opportunity, SimulatedList.Opportunity },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Entity_ReadWhole_HasEveryRecordOnceWithItsLastUpdate(Entity entity, SimulatedList list)
    {
        await using var f = await SimulatorFixture.StartAsync();
        var fields = (await f.Client.DescribeFieldsAsync(entity, default)).Select(d => d.Key).ToList();

        var records = await ReadAsync(f, entity, fields);

        Assert.Equal(f.Server.Account.Ids(list).Select(id => (long)id), records.Select(r => r.Id.Value));
        Assert.Equal(records.Count, await f.Client.CountAsync(entity, default));
        Assert.Equal(new IdRange(records[0].Id.Value - 1, records[^1].Id.Value), await f.Client.BoundsAsync(entity, default));
        Assert.All(records, r => Assert.NotNull(r.UpdatedAt));
        Assert.Contains(records, r => r.TypeIds.Count > 0);
        Assert.All(records.Take(20), r => Assert.True(r.Fields.Has(fields[0])));
    }

    [Theory]
    [InlineData(Entity.User)]
    [InlineData(Entity.Company)]
    [InlineData(Entity.Contact)]
    [InlineData(Entity.Solution)]
    [InlineData(Entity.Activity)]
    [InlineData(Entity.Opportunity)]
    public async Task Choices_OfEachEntity_NameTheTypesThatRecordsHave(Entity entity)
    {
        await using var f = await SimulatorFixture.StartAsync();

        var choices = await f.Client.ReadChoicesAsync(entity, default);
        var records = await ReadAsync(f, entity, [FieldKeys.Type]);

        Assert.NotEmpty(choices.Types);
        Assert.Empty(records.SelectMany(r => r.TypeIds).Distinct().Except(choices.Types.Select(c => c.Id)));
        Assert.All(records.Where(r => r.TypeIds.Count > 0), r =>
            Assert.Equal(choices.Types.Single(c => c.Id == r.TypeIds[0]).Name, r.Fields[FieldKeys.Type]));
    }

    [Fact]
    public async Task Children_BundledOrNot_AreTheSame()
    {
        await using var f = await SimulatorFixture.StartAsync(new SimulatorOptions { Opportunities = 60, LargestBundle = 50 });
        await using var alone = await SimulatorFixture.StartAsync(new SimulatorOptions { Opportunities = 60 });
        alone.Server.Switches.HasBundles = false;
        var ids = f.Server.Account.Ids(SimulatedList.Opportunity).Select(id => new ConnectWiseId(id)).Append(new ConnectWiseId(999_999)).ToList();

        var bundled = await f.Client.ReadOpportunityChildrenAsync(ids, default);
        var single = await alone.Client.ReadOpportunityChildrenAsync(ids, default);

        Assert.Equal(60, bundled.Count);
        Assert.Equal(60, single.Count);
        Assert.All(bundled, child =>
        {
            Assert.Equal(LineItem.Write(child.Value.LineItems), LineItem.Write(single[child.Key].LineItems));
            Assert.Equal(NoteEntry.Write(child.Value.Notes), NoteEntry.Write(single[child.Key].Notes));
            Assert.Equal(child.Value.Total, single[child.Key].Total);
        });
        Assert.Contains(bundled.Values, c => c.LineItems.Count > 0);
        Assert.Contains(bundled.Values, c => c.Notes.Count > 0);
        Assert.True(f.Client.Usage.Requests < 12);
    }

    [Fact]
    public async Task Reading_UnderFaultsOfEachKind_LosesNothing()
    {
        await using var f = await SimulatorFixture.StartAsync(new SimulatorOptions
        {
            Contacts = 3000,
            FaultRates = new Dictionary<FaultKind, double>
            {
                [FaultKind.TooManyRequests] = 0.1,
                [FaultKind.Timeout] = 0.1,
                [FaultKind.PoolTimeout] = 0.05,
                [FaultKind.HtmlBadGateway] = 0.1,
                [FaultKind.TruncatedJson] = 0.1,
                [FaultKind.ConnectionReset] = 0.1,
            },
        }, c => c with { MaxAttempts = 30 });

        var records = await ReadAsync(f, Entity.Contact, [FieldKeys.Email]);

        Assert.Equal(f.Server.Account.Ids(SimulatedList.Contact).Select(id => (long)id), records.Select(r => r.Id.Value));
        Assert.True(f.Client.Usage.Retries > 0);
    }

    [Fact]
    public async Task Reading_WhileTheCodebaseMoves_GoesOnAtTheNewOne()
    {
        await using var f = await SimulatorFixture.StartAsync();
        await f.Client.CountAsync(Entity.Company, default);

        f.Server.Switches.Codebase = "v2026_1";

        Assert.Equal(f.Server.Account.Count(SimulatedList.Company), await f.Client.CountAsync(Entity.Company, default));
    }

    [Theory]
    [InlineData(RefusalManner.Unauthorized)]
    [InlineData(RefusalManner.NotFound)]
    [InlineData(RefusalManner.CannotRoute)]
    public async Task Test_WithAWrongKey_SaysSoWhateverTheSitesManner(RefusalManner manner)
    {
        await using var f = await SimulatorFixture.StartAsync(change: c => c with { PrivateKey = "wrong" });
        f.Server.Switches.Refusal = manner;

        var report = await f.Client.TestAsync(default);

        Assert.True(report.Checks.Single(c => c.Subject == "company").Passed);
        Assert.False(report.Checks.Single(c => c.Subject == "credentials").Passed);
    }

    [Fact]
    public async Task Test_OfTheWholeAccount_PassesAndThenNamesADeniedLine()
    {
        await using var f = await SimulatorFixture.StartAsync();
        var before = await f.Client.TestAsync(default);
        Assert.True(before.Passed, string.Join('\n', before.Checks.Where(c => !c.Passed)));

        f.Server.Switches.Deny(PermissionLines.SalesActivity);

        var failed = Assert.Single((await f.Client.TestAsync(default)).Checks, c => !c.Passed);
        Assert.Equal("sales/activities", failed.Subject);
        Assert.StartsWith(PermissionLines.SalesActivity, failed.Permission, StringComparison.Ordinal);
    }

    private static async Task<List<ConnectWiseRecord>> ReadAsync(SimulatorFixture f, Entity entity, IReadOnlyList<string> fields)
    {
        var records = new List<ConnectWiseRecord>();
        await foreach (var page in f.Client.ReadPagesAsync(entity, new IdRange(0, null), fields, null, default))
        {
            var parsed = f.Client.Parse(entity, page.Json, fields);
            Assert.Equal(page.Ids, parsed.Select(r => r.Id.Value));
            records.AddRange(parsed);
        }

        return records;
    }
}
