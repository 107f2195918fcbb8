using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>Opportunities with what hangs below them, held against ConnectWise's own answers.</summary>
[Collection(ImportedAccount.Name)]
public sealed class OpportunityTests(ImportedAccount account)
{
    [Fact]
    public void Opportunity_OfAMappedType_ComesInWithASalespersonOnlyIfLinked_OP1_OP2()
    {
        var opportunities = account.BroughtIn(Entity.Opportunity).ToList();

        Assert.Equal(account.Of(Entity.Opportunity).Count(line => account.Rules.SkipReason(Entity.Opportunity, DocumentOf(line)) is null), opportunities.Count);
        Assert.All(opportunities, opportunity =>
        {
            var (source, fields) = (DocumentOf(opportunity.Line), opportunity.Record.Fields);
            Assert.Equal(
                ("Sales", Rulebook.StageOf(source), Rulebook.TypeOfOpportunity(source)),
                (fields[FieldKeys.Pipeline], fields[FieldKeys.Stage], fields[FieldKeys.Type]));
            Assert.Equal(CrmIdOf(Entity.User, source, "primarySalesRep"), fields[FieldKeys.Salesperson]);
            Assert.Equal(CrmIdOf(Entity.Company, source, "company"), fields[FieldKeys.Company]);
            Assert.Equal(CrmIdOf(Entity.Contact, source, "contact"), fields[FieldKeys.Contact]);
        });
        Assert.Contains(opportunities, opportunity => opportunity.Record.Fields[FieldKeys.Salesperson] is null);
        Assert.Contains(opportunities, opportunity => opportunity.Record.Fields[FieldKeys.Salesperson] is not null);
    }

    [Fact]
    public async Task LineItems_ReferToImportedSolutionsOrStandFree_OP3()
    {
        using var http = new HttpClient { BaseAddress = new Uri(account.World.ConnectWise.BaseAddress, "v4_6_release/apis/3.0/") };
        var options = account.World.ConnectWise.Options;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.CompanyId}+{options.PublicKey}:{options.PrivateKey}")));
        http.DefaultRequestHeaders.Add("clientId", Guid.NewGuid().ToString());
        var (free, referring) = (0, 0);
        foreach (var (line, record) in account.BroughtIn(Entity.Opportunity))
        {
            var path = new Uri(FormattableString.Invariant($"sales/opportunities/{line.Id.Value}/forecast"), UriKind.Relative);
            var forecast = JsonNode.Parse(await http.GetStringAsync(path))![0]!;
            var items = forecast["forecastItems"]!.AsArray().Where(item => item!["includeFlag"]?.GetValue<bool>() != false)
                .Select(item => (
                    item!["id"]!.GetValue<long>(), CrmIdOf(Entity.Solution, item.AsObject(), "catalogItem"),
                    item["revenue"]!.GetValue<decimal>(), item["cost"]!.GetValue<decimal>()));
            var lines = LineItem.Read(record.Fields[FieldKeys.LineItems]);
            Assert.Equal(items.Order(), lines.Select(item => (long.Parse(item.Id, null), item.Solution, item.Revenue, item.Cost)).Order());

            var value = forecast["forecastRevenueTotals"]!["revenue"]!.GetValue<decimal>();
            Assert.Equal(Canonical.Number(value), record.Fields[FieldKeys.Value]);
            Assert.Equal(lines.Count > 0 && lines.Sum(item => item.Revenue) != value, line.Message is not null);
            free += lines.Count(item => item.Solution is null);
            referring += lines.Count(item => item.Solution is not null);
        }

        Assert.True(free > 0 && referring > 0);
    }

    private JsonObject DocumentOf(RecordLogEntry line) => account.Rules.Document(Entity.Opportunity, line.Id.Value);

    private string? CrmIdOf(Entity entity, JsonObject source, string reference) =>
        Rulebook.Id(source, reference) is { } id && account.Links.TryGetValue((entity, id), out var crm) ? crm.Value : null;
}
