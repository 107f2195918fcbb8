using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Lists;
using CrmSync.Simulator.Records;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Lists;

/// <summary>Whatever a condition lets the reader skip, the page is the one that a plain scan over every record gives.</summary>
public sealed class SeekTests
{
    [Fact]
    public async Task Read_RandomConditions_EqualsAPlainScan()
    {
        await using var host = await SimulatorHost.StartAsync(new SimulatorOptions { Companies = 300, Contacts = 40, Seed = 3 });
        var account = host.Server.Account;
        var random = new Random(20_260_101);
        for (var i = 0; i < 40; i++)
        {
            account.Delete(SimulatedList.Company, random.Next(250, 660));
            account.Create(SimulatedList.Company, new JsonObject { ["name"] = $"Created {i}", ["deletedFlag"] = i % 3 == 0 });
        }

        RecordSource source = account.Model[SimulatedList.Company];
        for (var round = 0; round < 1_500; round++)
        {
            var parameters = new ListParameters
            {
                Conditions = Condition(random, 3),
                OrderBy = random.Next(4) switch { 0 => "id desc", 1 => "id asc", 2 => "name", _ => null },
                Page = random.Next(1, 5),
                PageSize = random.Next(1, 60),
            };

            var page = ListReader.Read(source, parameters.Bind(source.Definition));

            var expected = Scan(source, parameters.Conditions!, parameters.OrderBy);
            Assert.True(
                expected.Skip((parameters.Page!.Value - 1) * parameters.PageSize!.Value).Take(parameters.PageSize.Value).SequenceEqual(page.Keys.Select(k => k.Id)),
                parameters.ToString());
            Assert.Equal(expected.Count, page.Total);
            Assert.Equal(expected.Count, ListReader.Count(source, parameters.Bind(source.Definition)));
        }
    }

    [Fact]
    public void Ids_OfAnyListSize_AreAscendingAndFoundAgain()
    {
        foreach (var count in (int[])[0, 1, 2, 3, 4, 5, 100, 1_001])
        {
            var ids = new GappedIds(Simulator.Accounts.Draws.For(count, "test"), 250, count);
            var all = Enumerable.Range(0, count).Select(ids.IdAt).ToArray();

            Assert.Equal(all.Distinct().Order(), all);
            for (var id = 245; id < 250 + (count * 2) + 5; id++)
            {
                Assert.Equal(all.Count(a => a < id), ids.LowerBound(id));
            }

            Assert.All(Enumerable.Range(0, count), i => Assert.DoesNotContain(ids.MissingNear(i), all));
        }
    }

    private static List<int> Scan(RecordSource source, string conditions, string? orderBy)
    {
        var condition = ConditionParser.Parse(conditions, FieldPaths.OfRecord(source.Definition));
        var keys = Enumerable.Range(0, source.Positions).Where(source.Exists).Select(p => new RecordKey(p, source.IdAt(p)))
            .Where(k => ConditionEvaluator.IsTrue(condition, source, k));
        return orderBy switch
        {
            "id desc" => [.. keys.Select(k => k.Id).OrderDescending()],
            "name" => [.. keys.OrderBy(k => Name(source, k), StringComparer.OrdinalIgnoreCase).Select(k => k.Id)],
            _ => [.. keys.Select(k => k.Id)],
        };
    }

    private static string Name(RecordSource source, RecordKey key) => source.Read(key, source.Definition.Find("name")!).Text;

    private static string Condition(Random random, int depth)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            var (left, right) = (Condition(random, depth - 1), Condition(random, depth - 1));
            return random.Next(4) == 0 ? $"({left} or {right})" : $"({left}) and {right}";
        }

        var id = random.Next(230, 720).ToString(CultureInfo.InvariantCulture);
        return random.Next(12) switch
        {
            0 => $"id > {id}",
            1 => $"id >= {id}.5",
            2 => $"id < {id}",
            3 => $"id <= {id}",
            4 => $"id in ({id},{random.Next(250, 700)},{random.Next(250, 700)},{random.Next(250, 700)})",
            5 => $"id = {id}",
            6 => $"id != {id}",
            7 => $"id not in ({id})",
            8 => "deletedFlag = false",
            9 => $"status/id in (1,{random.Next(2, 4)})",
            10 => "website != null",
            _ => "name contains \"an\"",
        };
    }
}
