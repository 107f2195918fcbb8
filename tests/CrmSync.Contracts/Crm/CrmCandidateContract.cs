using System.Globalization;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Candidates for matching (CO-2, CT-3, SO-2): the look-up may find too much, and never misses one.</summary>
public abstract class CrmCandidateContract : CrmContract
{
    public static TheoryData<string, string> Phones => new()
    {
        { "+18135550100", "+1 813 555 0100" },
        { "+18135550100", "(813) 555-0100" },
        { "+18135550100", "813.555.0100 x12" },
        { "+18135550100", "813-555-0100 ext. 1234567" },
        { "+18135550100", "1-813-555-0100 #7" },
        { "+18003569377", "1-800-FLOWERS" },
        { "+442079460000", "020 7946 0000" },
        { "+442079460000", "+44 (0)20 7946 0000" },
        { "+442079460000", "0044 20 7946 0000" },
        { "+3545512345", "551 2345" },
        { "+3545512345", "+354 551-2345" },
        { "+390612345678", "06 1234 5678" },
        { "+4930123456", "030/123456" },
        { "+43158858", "+43 (0)1 58858" },
        { "+966112345678", "٠١١ ٢٣٤ ٥٦٧٨" },
    };

    public static TheoryData<Entity, MatchKind, string, string, string> Spellings => new()
    {
        { Entity.Company, MatchKind.Website, "acme.example.net", FieldKeys.Website, "HTTPS://www.Acme.example.net:8080/about?x=1" },
        { Entity.Company, MatchKind.Name, "acme", FieldKeys.Name, "ACME, Inc." },
        { Entity.Company, MatchKind.Name, "cafe zoe and sohne", FieldKeys.Name, "Café Zoë & Söhne GmbH" },
        { Entity.Contact, MatchKind.Email, "ann@acme.example.net", FieldKeys.Email, "Ann@ACME.example.net" },
        { Entity.Contact, MatchKind.Email, "ann@home.example.net", FieldKeys.Emails, "a@b.example.net\nAnn@Home.example.net" },
        { Entity.Contact, MatchKind.PersonName, "ann oneil", FieldKeys.FirstName, "Ann O'Neil" },
        { Entity.User, MatchKind.Email, "ann@acme.example.net", FieldKeys.Email, "ANN@acme.example.net" },
        { Entity.Solution, MatchKind.Sku, "MS-365 E3", FieldKeys.Sku, "ms-365  e3" },
        { Entity.Solution, MatchKind.Name, "managed firewall", FieldKeys.Name, "Managed Firewall" },
    };

    [Theory]
    [MemberData(nameof(Phones))]
    public async Task Phone_WrittenInAnyWay_IsFoundByItsNumber_CO3(string number, string written)
    {
        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.Phone] = written });

        Assert.Contains(await FindAsync(Entity.Company, new MatchKey(MatchKind.Phone, number)), record => record.Id == id);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Key_WrittenInAnotherWay_IsFound_CO3(Entity entity, MatchKind kind, string key, string field, string written)
    {
        var fields = Least(entity, "Other");
        fields[field] = written;
        var id = await CreateAsync(entity, fields);

        Assert.Contains(await FindAsync(entity, new MatchKey(kind, key)), record => record.Id == id);
    }

    [Fact]
    public async Task ExternalKey_IsFoundExactly()
    {
        if (!Crm.Capabilities.UniqueExternalKey)
        {
            return;
        }

        var id = await CreateAsync(Entity.Activity, Least(Entity.Activity), "cw:acme:activity:1");
        await CreateAsync(Entity.Activity, Least(Entity.Activity), "cw:acme:activity:11");

        var found = Assert.Single(await FindAsync(Entity.Activity, new MatchKey(MatchKind.ExternalKey, "cw:acme:activity:1")));

        Assert.Equal(id, found.Id);
    }

    [Fact]
    public async Task Candidate_AnswersCompleteRecord()
    {
        var id = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" }, "cw:acme:1");

        var found = Assert.Single(await FindAsync(Entity.Company, new MatchKey(MatchKind.Name, "acme")));

        var read = await ReadAsync(Entity.Company, id);
        Assert.Equal(read.Fields, found.Fields);
        Assert.Equal(read.ExternalKey, found.ExternalKey);
        Assert.Equal(read.UpdatedAt, found.UpdatedAt);
    }

    [Fact]
    public async Task Candidate_WithSeveralKeys_IsAnsweredOnce()
    {
        await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "Acme", [FieldKeys.Phone] = "+1 813 555 0100" });

        Assert.Single(await FindAsync(Entity.Company, new(MatchKind.Name, "acme"), new(MatchKind.Phone, "+18135550100"), new(MatchKind.Name, "acme")));
    }

    [Fact]
    public async Task Candidate_AfterChange_IsFoundByTheNewKeyOnly()
    {
        var id = await CreateAsync(Entity.Contact, new() { [FieldKeys.FirstName] = "Ann", [FieldKeys.Email] = "old@acme.example.net" });

        await ChangeAsync(Entity.Contact, id, new() { [FieldKeys.Email] = "new@acme.example.net" });

        Assert.Empty(await FindAsync(Entity.Contact, new MatchKey(MatchKind.Email, "old@acme.example.net")));
        Assert.Single(await FindAsync(Entity.Contact, new MatchKey(MatchKind.Email, "new@acme.example.net")));
    }

    [Fact]
    public async Task Candidates_SwappedKeysInOneBatch_AreFoundByTheirOwn_F51()
    {
        var a = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "A", [FieldKeys.Website] = "a.example.net" });
        var b = await CreateAsync(Entity.Company, new() { [FieldKeys.Name] = "B", [FieldKeys.Website] = "b.example.net" });

        await Crm.WriteAsync(
            Entity.Company,
            [
                new CrmWrite { Id = a, Fields = new() { [FieldKeys.Website] = "b.example.net" } },
                new CrmWrite { Id = b, Fields = new() { [FieldKeys.Website] = "a.example.net" } },
            ],
            None);

        Assert.Equal(b, Assert.Single(await FindAsync(Entity.Company, new MatchKey(MatchKind.Website, "a.example.net"))).Id);
        Assert.Equal(a, Assert.Single(await FindAsync(Entity.Company, new MatchKey(MatchKind.Website, "b.example.net"))).Id);
    }

    [Theory]
    [InlineData(20260101)]
    [InlineData(20260102)]
    [InlineData(20260103)]
    public async Task Candidates_OfManyRecords_MissNone_S4(int seed)
    {
        var random = new Random(seed);
        var companies = Enumerable.Range(0, 400).Select(_ => Company(random)).ToList();
        var ids = new List<CrmId>();
        foreach (var batch in companies.Chunk(Crm.Capabilities.BatchSize))
        {
            var results = await Crm.WriteAsync(Entity.Company, [.. batch.Select(fields => new CrmWrite { Fields = fields })], None);
            ids.AddRange(results.Select(result => result.Id!.Value));
        }

        var wanted = companies.SelectMany((fields, i) => KeysOf(fields).Select(key => (Key: key, Id: ids[i]))).OrderBy(_ => random.Next()).Take(1000).ToList();
        var found = await FindAsync(Entity.Company, [.. wanted.Select(pair => pair.Key)]);

        var missed = wanted.Where(pair => found.All(record => record.Id != pair.Id)).ToList();
        Assert.True(missed.Count == 0, $"Seed {seed}: {missed.Count} missed, such as {missed.FirstOrDefault()}.");
        Assert.True(found.Count == found.Select(record => record.Id).Distinct().Count(), $"Seed {seed}: a record was answered twice.");
    }

    [Fact]
    public async Task Candidates_NoKeys_FindNothing()
    {
        await CreateAsync(Entity.Company, Least(Entity.Company));

        Assert.Empty(await FindAsync(Entity.Company));
    }

    private static FieldValues Company(Random random)
    {
        var number = random.Next(60);
        string[] names = [$"Acme {number}", $"ÁCME {number}, Inc.", $"Zoë & Söhne {number} GmbH", $"株式会社{number}", $"O'Neil {number} L.L.C."];
        string?[] phones = [null, $"(813) 555-{number:0000}", $"+1 813 555 {number:0000} x{number}", $"813.555.{number:0000}", $"+49 30 1234{number:00}"];
        string?[] sites = [null, $"acme{number}.example.net", $"http://WWW.acme{number}.example.net/x", "https://facebook.com/acme"];
        return new()
        {
            [FieldKeys.Name] = names[random.Next(names.Length)],
            [FieldKeys.Phone] = phones[random.Next(phones.Length)],
            [FieldKeys.Website] = sites[random.Next(sites.Length)],
            [FieldKeys.AccountNumber] = random.Next().ToString(CultureInfo.InvariantCulture),
        };
    }

    private static IEnumerable<MatchKey> KeysOf(FieldValues fields)
    {
        (MatchKind Kind, string? Value)[] keys =
        [
            (MatchKind.Phone, Normalise.Phone(fields[FieldKeys.Phone], "US")),
            (MatchKind.Website, Normalise.Website(fields[FieldKeys.Website])),
            (MatchKind.Name, Normalise.CompanyName(fields[FieldKeys.Name])),
        ];
        return keys.Where(key => key.Value is not null).Select(key => new MatchKey(key.Kind, key.Value!));
    }

    private Task<IReadOnlyList<CrmRecord>> FindAsync(Entity entity, params MatchKey[] keys) => Crm.FindCandidatesAsync(entity, keys, None);
}
