using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Simulator.Crm;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>What stands in the CRM's records after the first import.</summary>
[Collection(ImportedAccount.Name)]
public sealed class ContentTests(ImportedAccount account)
{
    private static readonly string[] ContactParts = ["firstName", "lastName", "title", "city", "state", "zip"];
    private static readonly string[] CompanyTexts = ["name", "website", "addressLine1", "addressLine2", "city", "state", "zip", "accountNumber"];

    [Fact]
    public void Company_HoldsWhatTheRulesSay_CO1_ME2_ME5()
    {
        Assert.All(account.BroughtIn(Entity.Company), company =>
        {
            var (source, fields, seed) = (account.Rules.Document(Entity.Company, company.Line.Id.Value), company.Record.Fields, SeedOf(company.Line));
            Assert.All(CompanyTexts, key => AssertMerged(Text(source[key]), key, fields, seed, source));
            AssertMerged(Text(source["phoneNumber"]), FieldKeys.Phone, fields, seed, source);
            AssertMerged(Text(source["faxNumber"]), FieldKeys.Fax, fields, seed, source);
            AssertMerged(Text(source["country"]?["name"]), FieldKeys.Country, fields, seed, source);
            AssertMerged(Number(source["numberOfEmployees"]), FieldKeys.EmployeeCount, fields, seed, source);
            AssertMerged(Number(source["annualRevenue"]), FieldKeys.AnnualRevenue, fields, seed, source);
            Assert.Equal(Rulebook.TypeOfCompany(source), fields[FieldKeys.Type]);
            Assert.Null(fields[FieldKeys.Description]);
        });
    }

    [Fact]
    public void Contact_HoldsWhatTheRulesSayAndIsOnItsCompanysList_CT1_CT2_ME2()
    {
        var contacts = account.BroughtIn(Entity.Contact).ToList();

        Assert.All(contacts, contact =>
        {
            var (source, fields, seed) = (account.Rules.Document(Entity.Contact, contact.Line.Id.Value), contact.Record.Fields, SeedOf(contact.Line));
            Assert.All(ContactParts, key => AssertMerged(Text(source[key]), key, fields, seed, source));
            AssertMerged(DefaultEmail(source), FieldKeys.Email, fields, seed, source);
            Assert.Equal(Rulebook.ContactType(source)![0], fields[FieldKeys.Type]);
            Assert.Equal(account.Rules.ListOfContact(source) is { } list ? [list] : [], contact.Record.Lists);
            if (seed is null)
            {
                Assert.Equal(CrmIdOf(Entity.Company, Rulebook.Id(source, "company")), fields[FieldKeys.Company]);
            }
        });
        Assert.Contains(contacts, contact => account.Rules.Document(Entity.Contact, contact.Line.Id.Value)["company"] is null);
        Assert.Contains(contacts, contact => contact.Record.Lists is ["Friends of the house"]);
    }

    [Fact]
    public void Solution_HoldsWhatTheRulesSay_SO1_ME2()
    {
        Assert.All(account.BroughtIn(Entity.Solution), solution =>
        {
            var (source, fields, seed) = (account.Rules.Document(Entity.Solution, solution.Line.Id.Value), solution.Record.Fields, SeedOf(solution.Line));
            AssertMerged(Text(source["description"]), FieldKeys.Name, fields, seed, source);
            AssertMerged(Text(source["identifier"]), FieldKeys.Sku, fields, seed, source);
            AssertMerged(Text(source["customerDescription"]), FieldKeys.Description, fields, seed, source);
            AssertMerged(Number(source["price"]), FieldKeys.Price, fields, seed, source);
            AssertMerged(Number(source["cost"]), FieldKeys.Cost, fields, seed, source);
            AssertMerged(Text(source["recurringBillCycle"]?["name"]), FieldKeys.BillingCycle, fields, seed, source);
        });
    }

    [Fact]
    public void Activity_BelongsToItsContactAndItsUser_AC1_AC2_AC3()
    {
        Assert.All(account.BroughtIn(Entity.Activity), activity =>
        {
            var (source, fields) = (account.Rules.Document(Entity.Activity, activity.Line.Id.Value), activity.Record.Fields);
            Assert.Equal(Rulebook.KindOf(source), fields[FieldKeys.Kind]);
            Assert.Equal(Text(source["name"]), fields[FieldKeys.Subject]);
            Assert.Equal(Canonical.LongText(source["notes"]?.GetValue<string>()), fields[FieldKeys.Notes]);
            Assert.Equal(CrmIdOf(Entity.Contact, Rulebook.Id(source, "contact")), fields[FieldKeys.Contact]);
            Assert.Equal(CrmIdOf(Entity.Company, Rulebook.Id(source, "company")), fields[FieldKeys.Company]);
            Assert.Equal(account.Links[(Entity.User, Rulebook.Id(source, "assignTo")!.Value)].Value, fields[FieldKeys.User]);
        });
    }

    [Fact]
    public void User_IsLinkedByTheSameAddress_SU3()
    {
        Assert.All(account.Links.Where(link => link.Key.Entity == Entity.User), link =>
        {
            var member = account.Rules.Document(Entity.User, link.Key.Id);
            var address = Text(member["primaryEmail"]) ?? Text(member["officeEmail"]);
            Assert.Equal(address, account.Crm.Find(Entity.User, link.Value)!.Fields[FieldKeys.Email], ignoreCase: true);
        });
    }

    [Fact]
    public void Record_OfTheCrmThatNobodyLinked_StandsAsBefore_ME5()
    {
        var linked = account.Links.Select(link => (link.Key.Entity, link.Value)).ToHashSet();

        Assert.All(account.World.Seeds.Values.Where(seed => !linked.Contains((Enum.Parse<Entity>(seed.Seed.Entity), seed.Id))), seed =>
        {
            var record = account.Crm.Find(Enum.Parse<Entity>(seed.Seed.Entity), seed.Id)!.Record;
            Assert.Equal(seed.Seed.UpdatedAt, record.UpdatedAt);
            Assert.Null(record.ExternalKey);
        });
    }

    private SeededCrmRecord? SeedOf(RecordLogEntry line) => line.Outcome == Outcome.Linked
        ? account.World.Seeds.Values.Single(seed => seed.Id == line.Crm && seed.Seed.Entity == line.Entity.ToString()).Seed : null;

    private string? CrmIdOf(Entity entity, long? id) => id is { } known && account.Links.TryGetValue((entity, known), out var crm) ? crm.Value : null;

    // ME-2: the newer side's value, and the other's where that is blank. Values that mean the same may stand in either form.
    private static void AssertMerged(string? theirs, string key, FieldValues fields, SeededCrmRecord? seed, JsonObject source)
    {
        var before = seed is null ? null : Canonical.LongText(seed.Fields.GetValueOrDefault(key));
        var crmNewer = seed is not null && seed.UpdatedAt > source["_info"]!["lastUpdated"]!.GetValue<DateTimeOffset>();
        var expected = crmNewer ? before ?? theirs : theirs ?? before;
        Assert.True(
            expected == fields[key] || (before == fields[key] && SameInOtherDress(before, expected)),
            $"{key}: \"{expected}\" was expected and \"{fields[key]}\" is there; the CRM had \"{before}\", ConnectWise has \"{theirs}\"");
    }

    private static bool SameInOtherDress(string? left, string? right) =>
        Digits(left) == Digits(right) && string.Equals(Letters(left), Letters(right), StringComparison.OrdinalIgnoreCase);

    private static string? DefaultEmail(JsonObject contact)
    {
        var mails = (contact["communicationItems"]?.AsArray() ?? []).Where(item => item!["communicationType"]!.GetValue<string>() == "Email").ToList();
        return Text((mails.Find(mail => mail!["defaultFlag"]!.GetValue<bool>()) ?? mails.FirstOrDefault())?["value"]);
    }

    private static string? Text(JsonNode? value) => Canonical.Text(value?.GetValue<string>());

    private static string? Number(JsonNode? value) => value is null ? null : Canonical.Number(value.GetValue<decimal>());

    private static string Letters(string? text) => string.Concat((text ?? "").Where(char.IsLetter));

    // A country's own prefix is part of the dress of a number.
    private static string Digits(string? text)
    {
        var digits = string.Concat((text ?? "").Where(char.IsAsciiDigit));
        return digits.Length > 9 ? digits[^9..] : digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0') : digits;
    }
}
