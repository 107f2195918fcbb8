using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.Scim.Tests.Deviations;

public sealed class ReadingTests : DeviationTest
{
    [Fact]
    public async Task ReadAll_TotalsShiftForAWhile_ReadsAgainAndShowsEachOnce_C1()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { ShiftingTotals = 2 });
        await FillAsync(harness, 120);

        var records = await ReadAllAsync(harness.Open());

        Assert.Equal(120, records.DistinctBy(record => record.Id).Count());
        Assert.Equal(120, records.Count);
    }

    [Fact]
    public async Task ReadAll_TotalsNeverStand_IsIncomplete_PL4()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { ShiftingTotals = int.MaxValue });
        await FillAsync(harness, 120);

        var failure = await Assert.ThrowsAsync<DirectoryException>(() => ReadAllAsync(harness.Open()));

        Assert.Equal(("incomplete", true), (failure.Code, failure.RetryHelps));
    }

    [Fact]
    public async Task ReadAll_CursorsThatNobodyAskedFor_AreFollowed()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { CursorsUnasked = true, TellsTotals = false });
        await FillAsync(harness, 120);

        Assert.Equal(120, (await ReadAllAsync(harness.Open())).Count);
        Assert.Single(harness.Server.Requests, request => request.Contains("startIndex", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAll_CursorExpires_BeginsAnewAndShowsEachOnce()
    {
        var harness = await StartAsync(ScimServerOptions.CursorOnly);
        await FillAsync(harness, 230);

        Assert.Equal(230, (await ReadAllAsync(harness.Open())).Count);
        Assert.Equal(2, harness.Server.Requests.Count(request => request.EndsWith("cursor=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(FilterRefusal.InvalidFilter)]
    [InlineData(FilterRefusal.ServerError)]
    [InlineData(FilterRefusal.NotImplemented)]
    [InlineData(FilterRefusal.NobodyFound)]
    [InlineData(FilterRefusal.EverybodyFound)]
    internal async Task Candidates_FilterThatIsRefusedOrLies_AreMatchedOverAFullReading_EM5(FilterRefusal refusal)
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { FilterableBy = [], Refusal = refusal });
        await FillAsync(harness, 60);
        var directory = harness.Open();

        foreach (var keys in (EmployeeKeys[])[new("cw:none", "user7@example.org", []), new("cw:none", null, ["U7"]), new("cw:none", "USER7@example.org", [])])
        {
            Assert.Equal("7", Assert.Single(await directory.FindCandidatesAsync(keys, None)).Fields[FieldKeys.LastName]);
        }

        var found = harness.Server.Requests.Count(request => request.Contains("filter=", StringComparison.Ordinal));
        await directory.FindCandidatesAsync(new("cw:none", "user8@example.org", ["U8"]), None);
        Assert.True(harness.Server.Requests.Count(request => request.Contains("filter=", StringComparison.Ordinal)) <= found + 1);
    }

    [Fact]
    public async Task Candidates_FiltersThatWork_ReadNobodyElse()
    {
        var harness = await StartAsync();
        await FillAsync(harness, 60);
        var directory = harness.Open();
        await ReadAllAsync(directory);
        await WriteAsync(directory, Create());
        var before = harness.Server.Requests.Count;

        Assert.Single(await directory.FindCandidatesAsync(new("cw:none", "user9@example.org", ["nobody"]), None));

        Assert.All(harness.Server.Requests.Skip(before), request => Assert.Contains("filter=", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAll_Throttled_WaitsAsLongAsItIsTold_L6()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { ThrottlesEach = 2 });
        await FillAsync(harness, 120);

        Assert.Equal(120, (await ReadAllAsync(harness.Open())).Count);

        Assert.Contains(TimeSpan.FromSeconds(180), harness.Time.Pauses);
        Assert.Contains(TimeSpan.FromSeconds(2), harness.Time.Pauses);
        Assert.All(harness.Time.Pauses, pause => Assert.True(pause <= TimeSpan.FromSeconds(180)));
    }

    [Fact]
    public async Task ReadAll_WrongToken_IsToldOnceAndNeverShown_SU11()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { Errors = ErrorStyle.Empty });
        harness.Token = "another-token-of-nobody";

        var failure = await Assert.ThrowsAsync<DirectoryException>(() => ReadAllAsync(harness.Open()));

        Assert.Equal(("directory-unauthorized", false), (failure.Code, failure.RetryHelps));
        Assert.DoesNotContain(harness.Token, failure.ToString(), StringComparison.Ordinal);
        Assert.Single(harness.Server.Requests, request => request.Contains("/Users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAll_NotDiscoveredAndNotThere_IsNoScimDirectory()
    {
        var harness = await StartAsync();
        var connection = new ScimConnection
        {
            Settings = harness.Settings with { Address = new Uri(harness.Server.Address, "/elsewhere").ToString() },
            Token = harness.Token,
            RequestTimeout = PassingTime.RequestTimeout,
        };
        using var directory = new ScimDirectory(connection, harness.Time, harness.Log);

        Assert.Equal("directory-not-scim", (await Assert.ThrowsAsync<DirectoryException>(() => ReadAllAsync(directory))).Code);
    }
}
