using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.Scim.Tests.Deviations;

public sealed class CreatingTests : DeviationTest
{
    [Fact]
    public async Task Create_AfterAFullReading_AsksOnceForEach()
    {
        var harness = await StartAsync();
        await FillAsync(harness, 60);
        var directory = harness.Open();
        await ReadAllAsync(directory);
        var before = harness.Server.Requests.Count;

        var results = await directory.WriteAsync([.. Enumerable.Range(0, 50).Select(i => Create($"new{i}@example.org", $"cw:{i}", $"N{i}"))], None);

        Assert.All(results, result => Assert.True(result is { Created: true, Error: null }));
        Assert.Equal(50, harness.Server.Requests.Count - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Create_AnswersGetLost_HappensOnceAndIsAnsweredAsCreated_S3(int showsAfter)
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { LosesAnswersToPostEach = 2, ShowsAfterSearches = showsAfter });
        var directory = harness.Open();

        for (var i = 0; i < 20; i++)
        {
            var result = await WriteAsync(directory, Create($"new{i}@example.org", $"cw:{i}", $"N{i}"));
            Assert.True(result is { Created: true, Error: null }, $"{i}: {result.Error}");
        }

        Assert.Equal(20, harness.Server.Store.Count);
    }

    [Fact]
    public async Task Create_DirectoryDropsExternalIds_IsKnownAgainByAddressAndId_EM5()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { DropsExternalIds = true });
        var first = await WriteAsync(harness.Open(), Create());

        var again = await WriteAsync(harness.Open(), Create());
        var other = await WriteAsync(harness.Open(), Create(employeeId: "Other"));

        Assert.Equal((true, false, first.Id), (first.Created, again.Created, again.Id));
        Assert.Equal("value-taken", other.Error?.Code);
    }

    [Fact]
    public async Task Create_NameThatAnotherHasGivenUp_IsFree()
    {
        var harness = await StartAsync();
        var directory = harness.Open();
        var first = await WriteAsync(directory, Create());
        await WriteAsync(directory, new CrmWrite { Id = first.Id, Fields = new() { [FieldKeys.Email] = "jane.smith@example.org" } });

        var second = await WriteAsync(directory, Create(key: "cw:acme:user:2", employeeId: "JDoe2"));

        Assert.True(second is { Created: true, Error: null });
    }

    [Fact]
    public async Task Create_ExtensionsDroppedSilently_ShowsWhatIsNotThere()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { DropsExtensions = true, SchemasTold = false });

        var result = await WriteAsync(harness.Open(), Create());

        Assert.True(result.Created);
        Assert.True(result.Stored!.Has(FieldKeys.Team));
        Assert.Null(result.Stored[FieldKeys.Team]);
        Assert.Contains(
            harness.Log.Lines, line => line.StartsWith("1406 ", StringComparison.Ordinal) && line.Contains(FieldKeys.Team, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_SchemasWithoutExtensionsAndPhotos_HasNoSuchFields()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { DropsExtensions = true, DropsPhotos = true });

        var able = await harness.Open().DescribeAsync(None);

        Assert.Equal(PictureWay.None, able.Pictures);
        Assert.DoesNotContain(FieldKeys.Team, able.Fields);
        Assert.DoesNotContain(FieldKeys.HireDate, able.Fields);
    }

    [Fact]
    public async Task Create_NamedByTheFirstId_KeepsTheAddressApart()
    {
        var harness = await StartAsync();
        harness.Settings = harness.Settings with { Targets = new Dictionary<string, string> { [FieldKeys.Email] = "emails[type eq \"work\"].value" } };

        var result = await WriteAsync(harness.Open(), Create());

        Assert.Equal("JDoe", (string?)harness.Server.Store.Find(result.Id!.Value.Value)!["userName"]);
        Assert.Equal(Jane, result.Stored![FieldKeys.Email]);
    }

    [Fact]
    public async Task Create_Body_AlwaysNamesSchemasActiveAndDisplayName()
    {
        var harness = await StartAsync();
        var write = Create();

        var result = await WriteAsync(harness.Open(), write with { Fields = new() { [FieldKeys.Email] = Jane, [FieldKeys.Team] = "Help Desk" } });

        var user = harness.Server.Store.Find(result.Id!.Value.Value)!;
        Assert.Equal((true, Jane, "cw:acme:user:1"), ((bool?)user["active"], (string?)user["displayName"], (string?)user["externalId"]));
        Assert.Equal(
            ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
            user["schemas"]!.AsArray().Select(schema => (string)schema!));
        Assert.True((bool?)user["emails"]![0]!["primary"]);
    }

    [Fact]
    public async Task Write_TokenRefused_ThrowsWithoutTryingThemAll()
    {
        var harness = await StartAsync();
        harness.Token = "another-token-of-nobody";

        var failure = await Assert.ThrowsAsync<DirectoryException>(
            () => harness.Open().WriteAsync([.. Enumerable.Range(0, 100).Select(i => Create($"new{i}@example.org", $"cw:{i}"))], None));

        Assert.Equal("directory-unauthorized", failure.Code);
        Assert.True(harness.Server.Requests.Count < 10);
    }

    [Fact]
    public async Task Write_NobodyAnswers_ThrowsAfterAFewOnly_L4()
    {
        var harness = await StartAsync();
        var directory = harness.Open();
        await ReadAllAsync(directory);
        await harness.Server.StopAsync();

        var failure = await Assert.ThrowsAsync<DirectoryException>(
            () => directory.WriteAsync([.. Enumerable.Range(0, 100).Select(i => Create($"new{i}@example.org", $"cw:{i}"))], None));

        Assert.Equal(("directory-unreachable", true), (failure.Code, failure.RetryHelps));
    }
}
