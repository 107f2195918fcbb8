using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Opportunities with their line items and notes (OP-1, OP-3).</summary>
public abstract class CrmOpportunityContract : CrmContract
{
    [Fact]
    public async Task LineItems_WrittenCanonically_AreReadBackTheSame_OP1()
    {
        if (!Crm.Capabilities.LineItems)
        {
            return;
        }

        var solution = await CreateAsync(Entity.Solution, Least(Entity.Solution));
        var lines = LineItem.Write(
        [
            new LineItem { Id = "10", Description = "Set-up, once – 100 % “fixed”", Quantity = 1, Revenue = 499.5m, Cost = 120m },
            new LineItem { Id = "9", Solution = solution.Value, Quantity = 25, Revenue = 1250m, Cost = 700.25m, BillingCycle = "Monthly" },
        ]);

        var id = await CreateAsync(Entity.Opportunity, new() { [FieldKeys.Name] = "Renewal", [FieldKeys.LineItems] = lines });

        Assert.Equal(lines, (await ReadAsync(Entity.Opportunity, id)).Fields[FieldKeys.LineItems]);
    }

    [Fact]
    public async Task LineItems_WrittenAgain_ChangeNothing_ME6()
    {
        if (!Crm.Capabilities.LineItems)
        {
            return;
        }

        var lines = LineItem.Write([new LineItem { Id = "1", Description = "Licences", Revenue = 10m }]);
        var id = await CreateAsync(Entity.Opportunity, new() { [FieldKeys.Name] = "Renewal", [FieldKeys.LineItems] = lines });
        var before = await ReadAsync(Entity.Opportunity, id);
        await Harness.PassTimeAsync();

        await ChangeAsync(Entity.Opportunity, id, new() { [FieldKeys.LineItems] = lines });

        Assert.Equal(before.UpdatedAt, (await ReadAsync(Entity.Opportunity, id)).UpdatedAt);
    }

    [Fact]
    public async Task LineItems_OfMissingSolution_AreRefused_OP3()
    {
        if (!Crm.Capabilities.LineItems)
        {
            return;
        }

        var lines = LineItem.Write([new LineItem { Id = "1", Solution = "S-999999" }]);

        AssertRefused(await WriteAsync(Entity.Opportunity, new CrmWrite { Fields = new() { [FieldKeys.Name] = "Renewal", [FieldKeys.LineItems] = lines } }));
    }

    [Theory]
    [InlineData(FieldKeys.LineItems)]
    [InlineData(FieldKeys.Notes)]
    public async Task Children_ThatAreNoList_AreRefused(string key) =>
        AssertRefused(await WriteAsync(Entity.Opportunity, new CrmWrite { Fields = new() { [FieldKeys.Name] = "Renewal", [key] = "{\"id\":" } }));

    [Fact]
    public async Task Notes_WrittenCanonically_AreReadBackTheSame_OP1()
    {
        var notes = NoteEntry.Write(
        [
            new NoteEntry { Id = "1", Text = "Called them.\nThey like it 👍🏽", EnteredBy = "Zoë" },
            new NoteEntry { Id = "2", Text = "שלום" },
        ]);

        var id = await CreateAsync(Entity.Opportunity, new() { [FieldKeys.Name] = "Renewal", [FieldKeys.Notes] = notes });

        Assert.Equal(notes, (await ReadAsync(Entity.Opportunity, id)).Fields[FieldKeys.Notes]);
    }

    [Fact]
    public async Task Opportunity_AllFields_AreReadBack_OP1()
    {
        var company = await CreateAsync(Entity.Company, Least(Entity.Company));
        var contact = await CreateAsync(Entity.Contact, Least(Entity.Contact));
        var user = await CreateAsync(Entity.User, Least(Entity.User));
        var choices = await Crm.ReadChoicesAsync(None);
        var fields = new FieldValues
        {
            [FieldKeys.Name] = "Renewal 2026",
            [FieldKeys.Type] = choices.OpportunityTypes[0],
            [FieldKeys.Pipeline] = choices.Pipelines[0].Name,
            [FieldKeys.Stage] = choices.Pipelines[0].Stages[1],
            [FieldKeys.Value] = "12500.75",
            [FieldKeys.Probability] = "60",
            [FieldKeys.CloseDate] = "2026-06-30",
            [FieldKeys.Description] = "Three years.\nIn advance.",
            [FieldKeys.Company] = company.Value,
            [FieldKeys.Contact] = contact.Value,
            [FieldKeys.Salesperson] = user.Value,
        };

        var record = await ReadAsync(Entity.Opportunity, await CreateAsync(Entity.Opportunity, fields));

        Assert.All(fields, field => Assert.Equal(field.Value, record.Fields[field.Key]));
    }

    [Fact]
    public async Task Stage_OfNoPipeline_IsRefused_SU8()
    {
        var pipeline = (await Crm.ReadChoicesAsync(None)).Pipelines[0].Name;

        AssertRefused(await WriteAsync(
            Entity.Opportunity,
            new CrmWrite { Fields = new() { [FieldKeys.Name] = "Renewal", [FieldKeys.Pipeline] = pipeline, [FieldKeys.Stage] = "No such stage" } }));
    }
}
