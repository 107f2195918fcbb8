using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Tests.Servers;

namespace CrmSync.Scim.Tests.Deviations;

public sealed class ChangingTests : DeviationTest
{
    [Fact]
    public async Task Change_AcceptedAndNotApplied_ShowsTheOldValue()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { AppliesNothing = true });
        var id = (await WriteAsync(harness.Open(), Create())).Id!.Value;

        var fields = new FieldValues { [FieldKeys.Team] = "Projects", [FieldKeys.FirstName] = "Jane" };
        var result = await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = fields });

        Assert.Null(result.Error);
        Assert.Equal(("Help Desk", "Jane"), (result.Stored![FieldKeys.Team], result.Stored[FieldKeys.FirstName]));
        Assert.Contains(harness.Log.Lines, line => line.StartsWith("1406 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_SaidToPatchAndCannot_ReplacesInstead()
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { PatchSupported = false, PatchLies = true });
        var id = (await WriteAsync(harness.Open(), Create())).Id!.Value;

        var result = await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = new() { [FieldKeys.Team] = "Projects" } });

        Assert.Equal("Projects", result.Stored![FieldKeys.Team]);
        Assert.Equal("JDoe", (string?)harness.Server.Store.Find(id.Value)!["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["employeeNumber"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_UserChangedMeanwhile_KeepsBothChanges_S1(bool patches)
    {
        var harness = await StartAsync(ScimServerOptions.Strict with { PatchSupported = patches });
        var id = (await WriteAsync(harness.Open(), Create())).Id!.Value;
        harness.Server.BeforeNextChange = () => harness.EditPositionAsync(id, "Team lead").Wait();

        var result = await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = new() { [FieldKeys.Team] = "Projects" } });

        Assert.Null(result.Error);
        var fields = (await harness.Open().FindAsync(id, None))!.Fields;
        Assert.Equal(("Projects", "Team lead"), (fields[FieldKeys.Team], fields[FieldKeys.Position]));
    }

    [Fact]
    public async Task Change_AddressOfWhoLogsInByAnotherName_LeavesTheName()
    {
        var harness = await StartAsync();
        var id = await harness.AddAsync("Jane", "Doe", Jane);
        harness.Server.Store.Find(id.Value)!["userName"] = "DOMAIN\\jane";

        await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = new() { [FieldKeys.Email] = "new@example.org" } });

        var user = harness.Server.Store.Find(id.Value)!;
        Assert.Equal(("DOMAIN\\jane", "new@example.org"), ((string?)user["userName"], (string?)user["emails"]![0]!["value"]));
    }

    [Theory]
    [InlineData("Jane Doe", "Joan Doe")]
    [InlineData("Dr. Jane", "Dr. Jane")]
    public async Task Change_Name_IsFollowedByTheDisplayNameThatWasMadeOfIt(string shown, string after)
    {
        var harness = await StartAsync();
        var id = await harness.AddAsync("Jane", "Doe", Jane);
        harness.Server.Store.Find(id.Value)!["displayName"] = shown;

        await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = new() { [FieldKeys.FirstName] = "Joan" } });

        Assert.Equal(after, (string?)harness.Server.Store.Find(id.Value)!["displayName"]);
    }

    [Theory]
    [InlineData(true, "technician")]
    [InlineData(false, "manager")]
    public async Task Change_Profile_IsLeftAloneWhenItIsForCreationOnly_EM6(bool onlyAtCreation, string after)
    {
        var harness = await StartAsync();
        harness.Settings = harness.Settings with { ProfileOnlyAtCreation = onlyAtCreation };
        var create = Create();
        create.Fields[FieldKeys.Profile] = "technician";
        var id = (await WriteAsync(harness.Open(), create)).Id!.Value;

        var result = await WriteAsync(harness.Open(), new CrmWrite { Id = id, Fields = new() { [FieldKeys.Profile] = "manager" } });

        Assert.Equal(after, result.Stored![FieldKeys.Profile]);
    }

    [Fact]
    public async Task Change_WhatIsThere_IsNotSent_ME6()
    {
        var harness = await StartAsync();
        var create = Create();
        var id = (await WriteAsync(harness.Open(), create)).Id!.Value;

        await WriteAsync(harness.Open(), create with { Id = id });

        Assert.DoesNotContain(harness.Server.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_SeveralFields_SendsOneOperationForEach()
    {
        var harness = await StartAsync();
        var id = await harness.AddAsync("Jane", "Doe", Jane);
        harness.Server.Store.Find(id.Value)!["photos"] = new JsonArray(new JsonObject { ["type"] = "thumbnail", ["value"] = "https://example.org/t.png" });
        var picture = new PublishedPicture(new Picture("00", "image/png", new byte[] { 1 }), new Uri("https://example.org/p.png"));

        var result = await harness.Open().WritePictureAsync(id, picture, None);

        Assert.Equal("https://example.org/p.png", result.Stored![FieldKeys.Picture]);
        Assert.Equal(2, harness.Server.Store.Find(id.Value)!["photos"]!.AsArray().Count);
    }
}
