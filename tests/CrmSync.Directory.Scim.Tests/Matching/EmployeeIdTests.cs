using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;
using CrmSync.Scim.Tests.Deviations;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Matching;

/// <summary>EM-5 over SCIM: an employee id is what stands in the attribute that the settings name, the enterprise number unless they do.</summary>
public sealed class EmployeeIdTests : DeviationTest
{
    private const string Vendor = $"{ServerDescription.VendorSchema}:locationId";

    [Theory]
    // The member is JDoe, jane.doe@example.org.
    [InlineData(null, Jane, "JDoe", "", Outcome.Linked, null)]
    [InlineData(null, Jane, Jane, "", Outcome.Linked, null)]
    [InlineData(null, Jane, null, "", Outcome.Skipped, "email-without-id")]
    [InlineData(null, Jane, "jdoe", "", Outcome.Skipped, "email-without-id")]
    [InlineData(null, Jane, "J Doe", "", Outcome.Skipped, "email-without-id")]
    [InlineData(null, Jane, "J-Doe", "", Outcome.Skipped, "email-without-id")]
    [InlineData(null, Jane, "X", "JDoe", Outcome.Skipped, "email-without-id")]
    [InlineData(null, "JDoe", "X", "", Outcome.Skipped, "email-without-id")]
    [InlineData(null, "other@example.org", "JDoe", "", Outcome.Review, "id-without-email")]
    [InlineData(Vendor, Jane, "X", "JDoe", Outcome.Linked, null)]
    [InlineData(Vendor, Jane, "JDoe", "X", Outcome.Skipped, "email-without-id")]
    [InlineData("userName", Jane, "X", "", Outcome.Linked, null)]
    [InlineData("userName", "JDoe", "X", "", Outcome.Linked, null)]
    [InlineData("userName", "jdoe", "JDoe", "JDoe", Outcome.Skipped, "email-without-id")]
    [InlineData("", Jane, "JDoe", "JDoe", Outcome.Skipped, "email-without-id")]
    public async Task Member_IsMatchedByTheAttributeOfTheSettingsAlone_EM5(
        string? target, string userName, string? number, string vendor, Outcome outcome, string? reason)
    {
        var harness = await StartAsync();
        harness.Settings = Settings(target);
        Add(harness, userName, number, vendor);
        var directory = harness.OpenScim();
        var capabilities = await directory.DescribeAsync(None);

        var line = Assert.Single(new EmployeePlanner(ContextOf(harness.Settings, capabilities.Fields, capabilities.OneEmployeeId))
            .Plan(new EmployeeObservations([Member], await ReadAllAsync(directory), [])));

        Assert.Equal((outcome, reason), (line.Entry.Outcome, line.Entry.Reason));
        Assert.DoesNotContain(line.Entry.Changes, change => change.Field == FieldKeys.EmployeeIds);
    }

    [Fact]
    public async Task Employee_CreatedThenReadAgain_HasTheLoginNameForAnIdAndNothingIsLeftToDo_EM5()
    {
        var harness = await StartAsync();
        var directory = harness.OpenScim();
        var capabilities = await directory.DescribeAsync(None);
        var planner = new EmployeePlanner(ContextOf(harness.Settings, capabilities.Fields, capabilities.OneEmployeeId));
        var create = Assert.Single(planner.Plan(new EmployeeObservations([Member], [], []))).Operation!;
        var stored = await WriteAsync(directory, new CrmWrite { ExternalKey = "cw:acme:employee:1", Fields = create.Write });

        var employee = Assert.Single(await ReadAllAsync(directory));
        var link = new Link
        {
            ConnectWise = Member.Id,
            Crm = employee.Id,
            ConnectWiseUpdatedAt = Member.UpdatedAt,
            ConnectWiseSnapshot = create.Write,
            CrmSnapshot = stored.Stored!,
            Run = new("r"),
        };
        var again = Assert.Single(planner.Plan(new EmployeeObservations([Member], [employee], [link])));
        var renamed = Assert.Single(planner.Plan(new EmployeeObservations([MemberNamed("JDoe2")], [employee], [link])));

        Assert.True(capabilities.OneEmployeeId);
        Assert.Equal("JDoe", employee.Fields[FieldKeys.EmployeeIds]);
        Assert.Empty(again.Entry.Changes);
        Assert.Equal("JDoe2", renamed.Operation!.Write[FieldKeys.EmployeeIds]);
    }

    private static ConnectWiseRecord Member { get; } = MemberNamed("JDoe");

    private static ConnectWiseRecord MemberNamed(string identifier) => new()
    {
        Id = new(1),
        TypeIds = [1],
        Fields = new() { [FieldKeys.Identifier] = identifier, [FieldKeys.Email] = Jane, [FieldKeys.FirstName] = "Jane", [FieldKeys.LastName] = "Doe" },
    };

    private static DirectorySettings Settings(string? target) => new()
    {
        Kind = DirectoryKind.Scim,
        Targets = target is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [FieldKeys.EmployeeIds] = target },
    };

    private static EmployeeContext ContextOf(DirectorySettings directory, IEnumerable<string> fields, bool one) => new()
    {
        Settings = new EmployeeSettings { MemberTypes = null, Directory = directory },
        Company = "acme",
        Fields = [.. fields],
        OneEmployeeId = one,
        TakesPictures = false,
    };

    // The address stands where it always does, whatever the name to log in with.
    private static void Add(ScimHarness harness, string userName, string? number, string vendor)
    {
        var user = JsonNode.Parse($$"""
            {
              "schemas": [ "{{ScimPath.CoreSchema}}", "{{ScimPath.EnterpriseSchema}}", "{{ServerDescription.VendorSchema}}" ],
              "userName": "{{userName}}", "active": true,
              "emails": [ { "type": "work", "value": "{{(userName.Contains('@', StringComparison.Ordinal) ? userName : Jane)}}" } ],
              "{{ServerDescription.VendorSchema}}": { "locationId": "{{vendor}}" }
            }
            """, ScimJson.Nodes)!.AsObject();
        if (number is not null)
        {
            user[ScimPath.EnterpriseSchema] = new JsonObject(ScimJson.Nodes) { ["employeeNumber"] = number };
        }

        lock (harness.Server.Store.Lock)
        {
            harness.Server.Store.Add(user);
        }
    }
}
