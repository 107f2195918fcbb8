using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Tests.Support;
using Xunit.Abstractions;

namespace CrmSync.Crm.Http.Tests.Faults;

/// <summary>S3: whatever happens to calls and answers, each create happens once, with or without a key of its own.</summary>
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    private const int Batches = 60;
    private const int InBatch = 7;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Create_OverABadLine_HappensOnceAndIsAnsweredAsCreated_S3(int offset, bool withKeys)
    {
        var seed = FaultLayer.Seed + offset;
        output.WriteLine($"Seed {FaultLayer.Seed}: run again with CRMSYNC_SEED={FaultLayer.Seed}");
        FaultLayer faults = null!;
        await using var harness = await HttpHarness.StartAsync(time => (faults = new FaultLayer(seed, 0.6, time)).InvokeAsync);
        var crm = harness.Open("acme");

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(lane => Task.Run(async () =>
        {
            var done = new List<(string Name, CrmWriteResult Result)>();
            for (var batch = 0; batch < Batches; batch++)
            {
                var names = Enumerable.Range(0, InBatch).Select(i => $"Company {lane}-{batch}-{i}").ToList();
                var written = await crm.WriteAsync(Entity.Company, [.. names.Select(name => Write(name, withKeys))], CancellationToken.None);
                done.AddRange(names.Zip(written));
            }

            return done;
        })));

        var all = results.SelectMany(lane => lane).ToList();
        Assert.All(all, done => Assert.True(done.Result is { Created: true, Error: null }, done.Name));
        var stored = new List<CrmRecord>();
        await foreach (var record in harness.BuiltIn.Crm.ReadAllAsync(Entity.Company, CancellationToken.None))
        {
            stored.Add(record);
        }

        Assert.Equal(
            all.Select(done => (done.Result.Id!.Value, done.Name)).Order(), stored.Select(record => (record.Id, record.Fields[FieldKeys.Name]!)).Order());
        Assert.True(faults.Counts.Count == Enum.GetValues<Mishap>().Length, $"Only {string.Join(", ", faults.Counts.Keys)} befell.");
    }

    private static CrmWrite Write(string name, bool withKey) =>
        new() { ExternalKey = withKey ? $"cw:acme:{name}" : null, Fields = new FieldValues { [FieldKeys.Name] = name } };
}
