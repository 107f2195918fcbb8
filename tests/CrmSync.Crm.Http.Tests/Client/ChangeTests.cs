using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests.Client;

public sealed class ChangeTests : IDisposable
{
    private readonly ScriptedCrm _crm = new();

    public ChangeTests() => _crm.Capabilities = _crm.Capabilities.Replace("\"delete\":true", "\"delete\":true,\"changeFeed\":true", StringComparison.Ordinal);

    public void Dispose() => _crm.Dispose();

    [Fact]
    public async Task Changes_AreAskedForByPlaceAndLimit_AndReadWithDeletes()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, """{"changes":[{"id":"1","record":{"id":"1","fields":{"name":"A"}}},{"id":"2"}],"cursor":"b","caughtUp":false,"later":1}""");

        var page = (await crm.ReadChangesAsync(Entity.Company, "a/ b", 99, CancellationToken.None)).Value!;

        Assert.EndsWith("/crm/v1/companies/changes?limit=3&since=a%2F%20b", _crm.Calls[^1].Url, StringComparison.Ordinal);
        Assert.Equal([("1", "A"), ("2", null)], page.Changes.Select(change => (change.Id.Value, change.Record?.Fields[FieldKeys.Name])));
        Assert.Equal(("b", false), (page.Cursor, page.CaughtUp));
    }

    [Theory]
    [InlineData("\"changeFeed\":false")]
    [InlineData("\"later\":2")]
    public async Task Changes_WhereTheCrmKeepsNoFeed_AreRefusedWithoutAsking(string declared)
    {
        _crm.Capabilities = _crm.Capabilities.Replace(",\"later\":1", "", StringComparison.Ordinal)
            .Replace("\"changeFeed\":true", declared, StringComparison.Ordinal);
        using var crm = await _crm.OpenAsync();

        var page = await crm.ReadChangesAsync(Entity.Company, null, 1, CancellationToken.None);

        Assert.False(crm.Capabilities.ChangeFeed);
        Assert.Equal(ChangeFeed.Unsupported, page.Refusal);
        Assert.EndsWith("/capabilities", Assert.Single(_crm.Calls).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_SinceAPlaceThatTheCrmForgot_AreRefusedAtOnce()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Refuses(409, "cursor-unknown");

        var page = await crm.ReadChangesAsync(Entity.Company, "old", 1, CancellationToken.None);

        Assert.Equal(ChangeFeed.CursorUnknown, page.Refusal);
        Assert.Equal(2, _crm.Calls.Count);
    }

    [Theory]
    [InlineData("""{"changes":[],"cursor":"a","caughtUp":false}""")]
    [InlineData("""{"changes":[{"id":"1"}],"cursor":"a","caughtUp":true}""")]
    [InlineData("""{"changes":[],"cursor":"","caughtUp":true}""")]
    [InlineData("""{"changes":[{"id":""}],"cursor":"b","caughtUp":true}""")]
    [InlineData("""{"changes":[{"id":"1"},{"id":"1"}],"cursor":"b","caughtUp":true}""")]
    [InlineData("""{"changes":[{"id":"1","record":{"id":"2","fields":{}}}],"cursor":"b","caughtUp":true}""")]
    public async Task Changes_PageThatWouldLoseOrLoop_IsNoAnswer_C2(string page)
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, page).Answers(200, """{"changes":[{"id":"9"}],"cursor":"b","caughtUp":true}""");

        var changes = (await crm.ReadChangesAsync(Entity.Company, "a", 1, CancellationToken.None)).Value!.Changes;

        Assert.Equal("9", Assert.Single(changes).Id.Value);
        Assert.Contains(_crm.Log.Lines, line => line.Contains("crm-inconsistent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_WithoutAPlace_AreNeverTakenForAll()
    {
        using var crm = await _crm.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            _crm.Answers(200, """{"changes":[{"id":"1"}],"cursor":"b","caughtUp":true}""");
        }

        var failure = await Assert.ThrowsAsync<CrmException>(() => crm.ReadChangesAsync(Entity.Company, null, 1, CancellationToken.None));

        Assert.Equal("crm-inconsistent", failure.Code);
    }
}
