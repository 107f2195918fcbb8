using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests.Client;

public sealed class WriteTests : IDisposable
{
    private const string PutOff = """{"created":false,"error":{"code":"locked","message":"Not now.","retryHelps":true}}""";
    private readonly ScriptedCrm _crm = new();

    public void Dispose() => _crm.Dispose();

    [Fact]
    public async Task Write_AnswerLost_IsSentAgainUnderItsNameWithTheSameBody_F2()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(_ => throw new HttpIOException(HttpRequestError.ResponseEnded)).Answers(200, "{\"results\":[").Answers(200, Written("1"));

        var result = Assert.Single(await WriteAsync(crm, "Acme"));

        Assert.Equal("1", result.Id?.Value);
        Assert.Equal(4, _crm.Calls.Count);
        Assert.Single(_crm.Calls.Skip(1).Select(call => (call.Key, call.Body)).Distinct());
    }

    [Fact]
    public async Task Write_TwoBatches_HaveNamesOfTheirOwn()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, Written("1")).Answers(200, Written("2"));

        await WriteAsync(crm, "Acme");
        await WriteAsync(crm, "Acme");

        Assert.NotEqual(_crm.Calls[1].Key, _crm.Calls[2].Key);
        Assert.Equal("""{"writes":[{"fields":{"name":"Acme"}}]}""", _crm.Calls[1].Body);
    }

    [Fact]
    public async Task Write_SomeRefused_AreAnsweredInTheirPlaces_F26()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(207, """
            {"results":[{"id":"1","created":true,"stored":{"name":"A"}},{"created":false,"error":{"code":"value-invalid","message":"No.","retryHelps":false}}]}
            """);

        var results = await WriteAsync(crm, "A", "B");

        Assert.Equal((true, "A", null), (results[0].Created, results[0].Stored?[FieldKeys.Name], results[0].Error));
        Assert.Equal(new CrmError("value-invalid", "No.", false), results[1].Error);
        Assert.Equal(2, _crm.Calls.Count);
    }

    [Fact]
    public async Task Write_SomePutOff_AreSentAgainAloneUnderAnotherName_F26()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(207, $$"""{"results":[{"id":"1","created":true},{{PutOff}},{{PutOff}}]}""").Answers(200, Written("2", "3"));

        var results = await WriteAsync(crm, "A", "B", "C");

        Assert.Equal(["1", "2", "3"], results.Select(result => result.Id?.Value));
        Assert.Equal("""{"writes":[{"fields":{"name":"B"}},{"fields":{"name":"C"}}]}""", _crm.Calls[^1].Body);
        Assert.NotEqual(_crm.Calls[1].Key, _crm.Calls[2].Key);
        Assert.Single(_crm.Time.Pauses);
    }

    [Fact]
    public async Task Write_PutOffForEver_StandsAsTheRefusalThatItIs()
    {
        using var crm = await _crm.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            _crm.Answers(207, $$"""{"results":[{{PutOff}}]}""");
        }

        Assert.Equal(new CrmError("locked", "Not now.", true), Assert.Single(await WriteAsync(crm, "A")).Error);
    }

    [Theory]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":[null]}""")]
    [InlineData("""{"results":[{"created":true}]}""")]
    [InlineData("""{"results":[{"id":"","created":true}]}""")]
    [InlineData("""{"results":[{"id":"1","created":true},{"id":"2","created":true}]}""")]
    [InlineData("""{"results":[{"id":"1","created":true,"error":{"code":"c","message":"m","retryHelps":false}}]}""")]
    public async Task Write_AnswerThatDoesNotFitTheBatch_IsNoAnswer(string answer)
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, answer).Answers(200, Written("1"));

        var result = Assert.Single(await WriteAsync(crm, "A"));

        Assert.Equal("1", result.Id?.Value);
        Assert.Equal(_crm.Calls[1].Key, _crm.Calls[2].Key);
    }

    [Fact]
    public async Task Write_RefusedAsAWhole_IsAFailureAndNotRepeated()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Refuses(409, "idempotency-key-reused");

        Assert.Equal("crm-refused", (await Assert.ThrowsAsync<CrmException>(() => WriteAsync(crm, "A"))).Code);
        Assert.Equal(2, _crm.Calls.Count);
    }

    [Fact]
    public async Task Write_LargerThanABody_GoesInPiecesInItsOrder_F28()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, Written("1")).Answers(200, Written("2"));

        var results = await WriteAsync(crm, new string('a', 40_000), new string('b', 40_000), new string('c', 70_000));

        Assert.Equal(["1", "2", null], results.Select(result => result.Id?.Value));
        Assert.Equal(("record-too-large", false), (results[2].Error!.Code, results[2].Error!.RetryHelps));
        Assert.All(_crm.Calls.Skip(1), call => Assert.True(call.Body!.Length <= 65_536));
        Assert.Equal(2, _crm.Calls.Skip(1).Select(call => call.Key).Distinct().Count());
    }

    [Fact]
    public async Task Write_MoreThanABatch_IsRefusedBeforeAnythingIsSent()
    {
        using var crm = await _crm.OpenAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => WriteAsync(crm, "A", "B", "C", "D"));
        Assert.Single(_crm.Calls);
    }

    [Fact]
    public async Task Invite_MoreThanABatch_GoesInPieces_SU4()
    {
        using var crm = await _crm.OpenAsync();
        _crm.Answers(200, Written("1", "2", "3")).Answers(200, Written("4"));

        var results = await crm.InviteAsync(
            [.. Enumerable.Range(0, 4).Select(i => new UserInvitation($"u{i}@example.org", $"U {i}", "", $"k{i}"))], CancellationToken.None);

        Assert.Equal(["1", "2", "3", "4"], results.Select(result => result.Id?.Value));
        Assert.All(_crm.Calls.Skip(1), call => Assert.EndsWith("/crm/v1/users/invitations", call.Url, StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<CrmWriteResult>> WriteAsync(HttpCrm crm, params string[] names) => crm.WriteAsync(
        Entity.Company, [.. names.Select(name => new CrmWrite { Fields = new FieldValues { [FieldKeys.Name] = name } })], CancellationToken.None);

    private static string Written(params string[] ids) =>
        $$"""{"results":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","created":true,"stored":{} }"""))}}]}""";
}
