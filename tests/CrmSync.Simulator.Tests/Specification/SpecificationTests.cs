using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Http;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Specification;

public sealed class SpecificationTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    public static TheoryData<string> Lists =>
        [.. Routes.Lists.Select(r => r.Path), "company/companyTypeAssociations", "company/contactTypeAssociations"];

    [SharedFolderTheory]
    [MemberData(nameof(Lists))]
    public async Task List_EveryRecord_FitsItsSchema(string path)
    {
        var check = SchemaCheck.Load(SharedFolder.Specification);
        var declared = "/" + (path == "procurement/subcategories" ? path + "/" : path);

        var list = await host.GetAsync($"{path}?pageSize=1000");

        Assert.NotEmpty(list.AsArray());
        Assert.Empty(check.Check(declared, list).Distinct());
        Assert.Empty(check.Check(declared.TrimEnd('/') + "/count", await host.GetAsync($"{path}/count")));
        foreach (var record in list.AsArray().Take(20))
        {
            Assert.Empty(check.Check(declared.TrimEnd('/') + "/{id}", await host.GetAsync($"{path}/{record!["id"]}")));
        }
    }

    [SharedFolderFact]
    public async Task Children_EveryRecord_FitTheirSchemas()
    {
        var check = SchemaCheck.Load(SharedFolder.Specification);
        foreach (var opportunity in await host.ListAsync("sales/opportunities?fields=id&pageSize=60"))
        {
            var below = $"sales/opportunities/{opportunity["id"]}";
            Assert.Empty(check.Check("/sales/opportunities/{parentId}/forecast", await host.GetAsync(below + "/forecast")));
            var notes = await host.GetAsync(below + "/notes");
            Assert.Empty(check.Check("/sales/opportunities/{parentId}/notes", notes));
            foreach (var note in notes.AsArray())
            {
                Assert.Empty(check.Check("/sales/opportunities/{parentId}/notes/{id}", await host.GetAsync($"{below}/notes/{note!["id"]}")));
            }
        }

        foreach (var contact in await host.ListAsync("company/contacts?fields=id&pageSize=40"))
        {
            var below = $"company/contacts/{contact["id"]}";
            Assert.Empty(check.Check("/company/contacts/{parentId}/communications", await host.GetAsync(below + "/communications")));
            Assert.Empty(check.Check("/company/contacts/{parentId}/typeAssociations", await host.GetAsync(below + "/typeAssociations")));
        }

        foreach (var company in await host.ListAsync("company/companies?fields=id&pageSize=40"))
        {
            var below = $"company/companies/{company["id"]}";
            Assert.Empty(check.Check("/company/companies/{parentId}/typeAssociations", await host.GetAsync(below + "/typeAssociations")));
        }
    }

    [SharedFolderFact]
    public async Task Platform_Answers_FitTheirSchemas()
    {
        var check = SchemaCheck.Load(SharedFolder.Specification);
        Assert.Empty(check.Check("/system/info", await host.GetAsync("system/info")));
        var info = await host.GetAsync(new Uri(host.Server.BaseAddress, "login/companyinfo/simmsp").ToString());
        Assert.Empty(check.Check("/login/companyinfo/{loginCompanyId}", info));
        var member = (await host.ListAsync("system/members?conditions=photo!=null&pageSize=1"))[0];
        Assert.Empty(check.Check("/system/members/{memberIdentifier}", await host.GetAsync($"system/members/{member["identifier"]}")));
        Assert.Empty(check.Check("/system/documents/{id}", await host.GetAsync($"system/documents/{member["photo"]!["id"]}")));
    }

    [SharedFolderFact]
    public async Task Bundle_ResultsAndErrors_FitTheirSchemas()
    {
        var check = SchemaCheck.Load(SharedFolder.Specification);
        var id = host.Server.Account.Ids(SimulatedList.Opportunity).First();
        var bundle = $$$"""
            {"requests":[
              {"sequenceNumber":1,"resourceType":"company","version":"2025.1","apiRequest":{"filters":{"conditions":"id > 300"},"page":{"pageSize":5} } },
              {"sequenceNumber":2,"resourceType":"opportunityforecast","apiRequest":{"parentId":{{{id}}} } },
              {"sequenceNumber":3,"resourceType":"nothing","apiRequest":{} }] }
            """;
        Assert.Empty(check.CheckNamed("BundleRequestsCollection", JsonNode.Parse(bundle)));

        using var response = await host.Client.PostAsync("system/bundles", new StringContent(bundle, Encoding.UTF8, "application/json"));

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Empty(check.Check("/system/bundles", body, "post", "201"));
        Assert.Empty(check.Check("/company/companies", body["results"]![0]!["entities"]));
        Assert.Empty(check.Check("/sales/opportunities/{parentId}/forecast", body["results"]![1]!["entities"]));
    }
}
