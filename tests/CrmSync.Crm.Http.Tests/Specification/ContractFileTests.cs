using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Crm.Http.Tests.Specification;

/// <summary>The contract's file says what the server does.</summary>
public sealed partial class ContractFileTests
{
    private readonly JsonObject _file = ContractFile.Load();

    [Fact]
    public async Task File_AndRoutes_AreTheSame()
    {
        await using var harness = await HttpHarness.StartAsync();
        var mapped = harness.Host.Routes.Where(route => !route.RoutePattern.RawText!.Contains("{**", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"));

        Assert.Equal(mapped.Order(), ContractFile.Operations(_file).Select(operation => $"{operation.Method} {operation.Path}").Order());
    }

    [Fact]
    public async Task File_IsServedWithoutAToken()
    {
        await using var harness = await HttpHarness.StartAsync();
        using var http = new HttpClient();

        Assert.Equal(ContractFile.Text(), await http.GetStringAsync(harness.Host.At("openapi.json")));
    }

    [Fact]
    public void File_EveryReference_LeadsSomewhere()
    {
        var references = Reference().Matches(ContractFile.Text()).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(references.Count > 30);
        Assert.All(references, reference => Assert.NotNull(ContractFile.Follow(_file, new JsonObject { ["$ref"] = reference })));
    }

    [Fact]
    public void File_EveryOperation_TellsItsProblemsAndItsParameters()
    {
        Assert.All(ContractFile.Operations(_file), operation =>
        {
            Assert.NotEmpty(operation.Operation["summary"]!.GetValue<string>());
            Assert.All(operation.Operation["parameters"]?.AsArray() ?? [], parameter => Assert.NotEmpty(parameter!["description"]!.GetValue<string>()));
            var statuses = operation.Operation["responses"]!.AsObject().Select(response => response.Key).ToList();
            Assert.True(operation.Path.EndsWith("openapi.json", StringComparison.Ordinal) || statuses.Contains("401"), operation.Path);
            Assert.True(operation.Method == "GET" || new[] { "400", "413", "415" }.All(statuses.Contains), operation.Path);
        });
    }

    [Fact]
    public void File_Choices_AreTheProductsOwn()
    {
        Assert.Equal(Names<FieldKind>(), Choices("Field", "kind"));
        Assert.Equal(Names<MatchKind>(), Choices("Key", "kind"));
        Assert.Equal(Stages.InCrm.Select(Name), Choices("Entity"));
        Assert.Equal(Stages.InCrm.Select(Stages.NameOf), Choices("EntityName"));
    }

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Name);

    private static string Name<T>(T value) => CoreJson.Serialize(value).Trim('"');

    private IEnumerable<string> Choices(string schema, string? property = null)
    {
        var declared = _file["components"]!["schemas"]![schema]!;
        return (property is null ? declared : declared["properties"]![property]!)["enum"]!.AsArray().Select(choice => choice!.GetValue<string>());
    }

    [GeneratedRegex("\"\\$ref\": \"([^\"]+)\"")]
    private static partial Regex Reference();
}
