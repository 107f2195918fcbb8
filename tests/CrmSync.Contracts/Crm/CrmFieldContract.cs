using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Fields: what is described, the customer's own, and the texts they hold.</summary>
public abstract class CrmFieldContract : CrmContract
{
    public static TheoryData<FieldKind, string, string> OwnValues => new()
    {
        { FieldKind.Text, "Gold", new string('x', 100_000) },
        { FieldKind.Number, "12.5", "twelve" },
        { FieldKind.Boolean, "true", "perhaps" },
        { FieldKind.Date, "2026-02-28", "2026-02-30" },
        { FieldKind.DateTime, "2026-02-28T12:00:00Z", "yesterday" },
        { FieldKind.Choice, "Gold", "Bronze" },
    };

    public static TheoryData<string> Texts => new()
    {
        "Zoë Ångström-Łukasiewicz ß",
        "e\u0301 is not é",
        "Family 👨‍👩‍👧‍👦 and flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "مرحبا بالعالم",
        "שלום עולם",
        "株式会社 テスト",
        "quote \" backslash \\ slash / percent % underscore _ 'single'",
        "Robert'); DROP TABLE crm_records;--",
        "<b>&amp;</b> {0} ${x}",
    };

    [Theory]
    [InlineData(Entity.User)]
    [InlineData(Entity.Company)]
    [InlineData(Entity.Contact)]
    [InlineData(Entity.Solution)]
    [InlineData(Entity.Activity)]
    [InlineData(Entity.Opportunity)]
    public async Task Describe_EachEntity_HasKeysOnceAndReferencesWithTarget(Entity entity)
    {
        var fields = await Crm.DescribeFieldsAsync(entity, None);

        Assert.NotEmpty(fields);
        Assert.Equal(fields.Count, fields.Select(field => field.Key).Distinct().Count());
        Assert.All(fields, field => Assert.Equal(field.Kind == FieldKind.Reference, field.References is not null));
        Assert.All(Least(entity), field => Assert.Contains(fields, known => known.Key == field.Key && !known.ReadOnly));
    }

    [Theory]
    [MemberData(nameof(OwnValues))]
    public async Task OwnField_TakesItsKindOnly(FieldKind kind, string good, string bad)
    {
        string[] choices = kind == FieldKind.Choice ? ["Silver", "Gold"] : [];
        if (await Harness.DefineFieldAsync(Tenant, Entity.Company, "Support level", kind, choices) is not { } key)
        {
            return;
        }

        var described = Assert.Single(await Crm.DescribeFieldsAsync(Entity.Company, None), field => field.Key == key);
        Assert.True(described.Custom);
        Assert.Equal(kind, described.Kind);
        Assert.Equal(choices, described.Choices);
        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [key] = good });
        Assert.Equal(good, (await ReadAsync(Entity.Company, id)).Fields[key]);

        AssertRefused(await ChangeAsync(Entity.Company, id, new() { [key] = bad }));

        Assert.Equal(good, (await ReadAsync(Entity.Company, id)).Fields[key]);
    }

    [Fact]
    public async Task OwnField_DefinedLater_IsBlankInEarlierRecords()
    {
        var id = await CreateAsync(Entity.Company, Least(Entity.Company));
        if (await Harness.DefineFieldAsync(Tenant, Entity.Company, "Region", FieldKind.Text) is not { } key)
        {
            return;
        }

        var record = await ReadAsync(Entity.Company, id);

        Assert.True(record.Fields.Has(key));
        Assert.Null(record.Fields[key]);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_OfAnyScript_IsReadBackTheSame_F28(string text)
    {
        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = text, [FieldKeys.Description] = $"{text}\n\n{text}" });

        var record = await ReadAsync(Entity.Company, id);

        Assert.Equal(text, record.Fields[FieldKeys.Name]);
        Assert.Equal($"{text}\n\n{text}", record.Fields[FieldKeys.Description]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("👍")]
    public async Task LongText_Of65000Characters_IsReadBackTheSame_F44(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 65_000 / unit.Length));

        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.Description] = text });

        Assert.Equal(text, (await ReadAsync(Entity.Company, id)).Fields[FieldKeys.Description]);
    }

    [Fact]
    public async Task Text_HalfASurrogatePair_IsStoredAsAnswered_F28()
    {
        var result = await WriteAsync(Entity.Company, new CrmWrite { Fields = new() { [FieldKeys.Name] = "Acme \ud83d" } });

        Assert.Null(result.Error);
        Assert.Equal(result.Stored?[FieldKeys.Name], (await ReadAsync(Entity.Company, result.Id!.Value)).Fields[FieldKeys.Name]);
    }

    [Fact]
    public async Task Choice_OnOffer_IsTaken_SU9()
    {
        var type = (await Crm.ReadChoicesAsync(None)).CompanyTypes[0];

        var result = await WriteAsync(Entity.Company, new CrmWrite { Fields = new() { [FieldKeys.Name] = "Acme", [FieldKeys.Type] = type } });

        Assert.Equal(type, result.Stored?[FieldKeys.Type]);
    }
}
