using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Employees;

/// <summary>Creating employees, once (S3).</summary>
public abstract class DirectoryCreateContract : DirectoryContract
{
    [Fact]
    public async Task Create_AllFields_AreStoredAndReadBack_EM1()
    {
        var fields = Employee();

        var result = await TryCreateAsync(fields, "cw:acme:user:1");

        Assert.Null(result.Error);
        Assert.True(result.Created);
        AssertHolds(fields, result.Stored!);
        var record = await ReadAsync(result.Id!.Value);
        AssertHolds(fields, record.Fields);
        Assert.Equal(("cw:acme:user:1", result.Id.Value), (record.ExternalKey, record.Id));
    }

    [Fact]
    public async Task Create_ReadBack_ShowsEveryFieldBlankOrNot()
    {
        var id = await CreateAsync(new() { [FieldKeys.FirstName] = "Jane", [FieldKeys.Email] = Jane });

        var record = await ReadAsync(id);

        Assert.All(Able.Fields, key => Assert.True(record.Fields.Has(key), $"{key} was not observed."));
        Assert.Equal("true", record.Fields[FieldKeys.Active]);
    }

    [Fact]
    public async Task Create_Inactive_IsInactive_EM3()
    {
        var fields = Employee();
        fields[FieldKeys.Active] = "false";

        var id = await CreateAsync(fields);

        Assert.Equal("false", (await ReadAsync(id)).Fields[FieldKeys.Active]);
    }

    [Fact]
    public async Task Create_SameExternalKeyAgain_AnswersTheFirstAndCreatesNothing_S3()
    {
        var first = await CreateAsync(Employee());

        var again = await TryCreateAsync(Employee(), "cw:acme:user:1");

        Assert.Null(again.Error);
        Assert.Equal((first, false), (again.Id, again.Created));
        Assert.Single(await ReadAllAsync());
    }

    [Fact]
    public async Task Create_SameExternalKeyThroughAnotherClient_AnswersTheFirst_S3()
    {
        var first = await CreateAsync(Employee());

        var again = Assert.Single(await Harness.Open().WriteAsync([new CrmWrite { ExternalKey = "cw:acme:user:1", Fields = Employee() }], None));

        Assert.Null(again.Error);
        Assert.Equal((first, false), (again.Id, again.Created));
    }

    [Fact]
    public async Task Create_SameExternalKeyUnderAnotherAddress_AnswersTheFirst_S3()
    {
        var first = await CreateAsync(Employee());

        var again = await TryCreateAsync(Employee("jane.smith@example.org"), "cw:acme:user:1");

        Assert.Equal((first, false), (again.Id, again.Created));
        Assert.Equal(Jane, again.Stored![FieldKeys.Email]);
    }

    [Fact]
    public async Task Create_RepeatedAfterSomeoneEdited_LeavesTheEdit_S1()
    {
        var id = await CreateAsync(Employee());
        await Harness.EditPositionAsync(id, "Team lead");

        var again = await TryCreateAsync(Employee(), "cw:acme:user:1");

        Assert.Equal("Team lead", again.Stored![FieldKeys.Position]);
        Assert.Equal("Team lead", (await ReadAsync(id)).Fields[FieldKeys.Position]);
    }

    [Fact]
    public async Task Create_SameExternalKeyTwiceInOneBatch_CreatesOne_S3()
    {
        var write = new CrmWrite { ExternalKey = "cw:acme:user:1", Fields = Employee() };

        var results = await Directory.WriteAsync([write, write], None);

        Assert.Equal(results[0].Id, results[1].Id);
        Assert.Equal((true, false), (results[0].Created, results[1].Created));
        Assert.Single(await ReadAllAsync());
    }

    [Fact]
    public async Task Create_SameBatchConcurrently_CreatesEachOnce_S3()
    {
        var writes = Enumerable.Range(1, 30)
            .Select(i => new CrmWrite { ExternalKey = $"cw:acme:user:{i}", Fields = Employee($"user{i}@example.org", $"U{i}") }).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Directory.WriteAsync(writes, None))));

        Assert.Equal(writes.Count, (await ReadAllAsync()).Count);
        for (var i = 0; i < writes.Count; i++)
        {
            Assert.Single(answers.Select(answer => answer[i].Id).Distinct());
            Assert.Equal(1, answers.Count(answer => answer[i].Created));
        }
    }

    [Theory]
    [InlineData(Jane)]
    [InlineData("Jane.DOE@example.org")]
    public async Task Create_AddressOfAnotherEmployee_IsRefusedAndLeavesThem_EM5(string email)
    {
        var other = await Harness.AddAsync("Jane", "Doe", Jane);

        var result = await TryCreateAsync(Employee(email), "cw:acme:user:1");

        AssertRefused(result);
        Assert.Equal(other, Assert.Single(await ReadAllAsync()).Id);
        Assert.Null((await ReadAsync(other)).ExternalKey);
    }

    [Fact]
    public async Task Create_OddCharacters_AreKeptAndFoundAgain()
    {
        var fields = Employee("o'brien+\"x\\y\"@example.org", "Ö'B\\r \"ü\" & 100%");
        fields[FieldKeys.FirstName] = "Seán 🙂";
        fields[FieldKeys.LastName] = "O’Brien-Müller \"Ö\" \\ 李";

        var id = await CreateAsync(fields, "cw:acme & \"co\\\":user:1+2");

        AssertHolds(fields, (await ReadAsync(id)).Fields);
        Assert.Equal(id, (await TryCreateAsync(fields, "cw:acme & \"co\\\":user:1+2")).Id);
    }

    [Fact]
    public async Task Batch_BadEmployees_FailAlone_L4()
    {
        var (noAddress, noField, noFlag) = (Employee(), Employee("b@example.org"), Employee("c@example.org"));
        noAddress[FieldKeys.Email] = null;
        noField["no-such-field"] = "x";
        noFlag[FieldKeys.Active] = "perhaps";

        var results = await Directory.WriteAsync(
            [
                new CrmWrite { ExternalKey = "cw:1", Fields = Employee("first@example.org", "F") },
                new CrmWrite { ExternalKey = "cw:2", Fields = noAddress },
                new CrmWrite { ExternalKey = "cw:3", Fields = noField },
                new CrmWrite { ExternalKey = "cw:4", Fields = noFlag },
                new CrmWrite { Id = new CrmId("E-999999"), Fields = new() { [FieldKeys.Position] = "x" } },
                new CrmWrite { ExternalKey = "cw:5", Fields = Employee("last@example.org", "L") },
            ],
            None);

        Assert.Equal([true, false, false, false, false, true], results.Select(result => result.Created));
        Assert.All(results.Skip(1).Take(4), AssertRefused);
        Assert.Equal(2, (await ReadAllAsync()).Count);
    }

    [Fact]
    public async Task Write_EmptyBatch_AnswersNothing() => Assert.Empty(await Directory.WriteAsync([], None));
}
