using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests.Client;

public sealed class ReadTests : IDisposable
{
    private readonly ScriptedCrm _crm = new();

    public void Dispose() => _crm.Dispose();

    [Fact]
    public async Task ReadAll_GoesFromPageToPageByTheContinuation()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, """{"records":[{"id":"1","fields":{"name":"A"}}],"continuation":"a/b c"}""").Answers(200, """{"records":[],"continuation":"z"}""")
            .Answers(200, """{"records":[{"id":"2","fields":{"name":null}}]}""");

        var records = await crm.ReadAllAsync(Entity.Company, CancellationToken.None).ToListAsync();

        Assert.Equal(["1", "2"], records.Select(record => record.Id.Value));
        Assert.Equal(
            ["limit=3", "limit=3&continuation=a%2Fb%20c", "limit=3&continuation=z"], _crm.Calls.Skip(1).Select(call => call.Url.Split('?')[1]));
    }

    [Fact]
    public async Task ReadAll_ContinuationThatLeadsNowhere_EndsWithAFailure_C3()
    {
        using var crm = await _crm.OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            _crm.Answers(200, """{"records":[],"continuation":"same"}""");
        }

        var failure = await Assert.ThrowsAsync<CrmException>(async () => await crm.ReadAllAsync(Entity.Company, CancellationToken.None).CountAsync());

        Assert.Equal("crm-inconsistent", failure.Code);
    }

    [Fact]
    public async Task Read_MoreThanABatch_AsksInPieces()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, """{"records":[{"id":"1","fields":{}},{"id":"3","fields":{}}]}""").Answers(200, """{"records":[{"id":"4","fields":{}}]}""");

        var found = await crm.ReadAsync(Entity.Company, [new("1"), new("2"), new("3"), new("1"), new("4")], CancellationToken.None);

        Assert.Equal(["1", "3", "4"], found.Keys.Select(id => id.Value).Order());
        Assert.Equal(["""{"ids":["1","2","3"]}""", """{"ids":["4"]}"""], _crm.Calls.Skip(1).Select(call => call.Body));
    }

    [Fact]
    public async Task Read_RecordThatWasNotAskedFor_IsNoAnswer()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, """{"records":[{"id":"9","fields":{}}]}""").Answers(200, """{"records":[{"id":"1","fields":{}}]}""");

        var found = await crm.ReadAsync(Entity.Company, [new("1")], CancellationToken.None);

        Assert.Equal("1", Assert.Single(found).Key.Value);
    }

    [Fact]
    public async Task Find_KeysInPieces_AnswersEachRecordOnce()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, """{"records":[{"id":"1","fields":{}}]}""").Answers(200, """{"records":[{"id":"1","fields":{}},{"id":"2","fields":{}}]}""");
        var keys = Enumerable.Range(0, 4).Select(i => new MatchKey(MatchKind.PersonName, $"ann {i}")).ToList();

        var found = await crm.FindCandidatesAsync(Entity.Contact, [.. keys, keys[0]], CancellationToken.None);

        Assert.Equal(["1", "2"], found.Select(record => record.Id.Value));
        Assert.Equal("""{"keys":[{"kind":"person-name","value":"ann 3"}]}""", _crm.Calls[^1].Body);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("Mon, 02 Nov 2026 08:00:42 GMT", 42)]
    [InlineData("99999", 180)]
    [InlineData("Mon, 02 Nov 2026 07:00:00 GMT", 0.375)]
    [InlineData("soon", 0.375)]
    [InlineData(null, 0.375)]
    public async Task Call_Throttled_WaitsAsLongAsAsked_F11(string? header, double seconds)
    {
        using var crm = await _crm.OpenAsync();
        _crm.Refuses(429, "too-many", more: response =>
        {
            response.Headers.TryAddWithoutValidation("Retry-After", header is null ? [] : [header]);
            response.Headers.Date = _crm.Time.GetUtcNow();
        }).Answers(200, "{}");

        await crm.ReadChoicesAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(_crm.Time.Pauses));
    }

    [Fact]
    public async Task Call_ThatNeverEnds_IsGivenUpInTimeAndRepeated_F5()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(_ =>
            new HttpResponseMessage { Content = new StreamContent(new Stalled(_crm.Time)) { Headers = { { "Content-Type", "application/json" } } } })
            .Answers(200, """{"roles":["Manager"]}""");

        var choices = await crm.ReadChoicesAsync(CancellationToken.None);

        Assert.Equal(["Manager"], choices.Roles);
        Assert.Contains(_crm.Log.Lines, line => line.Contains("crm-timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_AnswerTooLarge_IsNotRead()
    {
        using var crm = await HttpCrm.OpenAsync(_crm.Connection with { MaxAnswerBytes = 500 }, _crm.Time, _crm.Log, _crm);
        _crm.Answers(200, $$"""{"roles":["{{new string('x', 600)}}"]}""");

        Assert.Equal("crm-answer-too-large", (await Assert.ThrowsAsync<CrmException>(() => crm.ReadChoicesAsync(CancellationToken.None))).Code);
    }

    /// <summary>A body of which nothing ever comes.</summary>
    private sealed class Stalled(PassingTime time) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>();
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            time.TimeOut();
            return await never.Task;
        }
    }
}
