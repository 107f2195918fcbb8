using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every backup store holds (ME-7).</summary>
public abstract class BackupStoreContract : StoreContract<IBackupStore>
{
    private static readonly BackupName Piece = new(Entity.Company, 0, 0);

    [Fact]
    public async Task Read_SeveralPieces_InTheOrderOfWriting()
    {
        await Store.WriteAsync(Acme, Run1, Piece with { Number = 9 }, [Record("1"), Record("2")], default);
        await Store.WriteAsync(Acme, Run1, Piece with { Batch = 1 }, [Record("3")], default);
        await Store.WriteAsync(Acme, Run1, Piece with { Stage = Entity.Contact }, [], default);
        await Store.WriteAsync(Acme, Run1, Piece, [Record("4")], default);

        Assert.Equal(["1", "2", "3", "4"], (await ReadAsync(Acme, Run1)).Select(record => record.Id));
    }

    [Fact]
    public async Task Read_AnyText_RoundTrips()
    {
        var record = new BackupRecord(Side.ConnectWise, Entity.Opportunity, "77", Noon.AddTicks(1234567), new FieldValues
        {
            [FieldKeys.Name] = "Zoë 🚀 שלום\r\n\t\"quoted\" \\ \u2028 end",
            [FieldKeys.Phone] = null,
            ["custom:7"] = new string('x', 100_000),
        });

        await Store.WriteAsync(Acme, Run1, Piece, [record], default);

        Assert.Equal(CoreJson.Serialize(record), CoreJson.Serialize(Assert.Single(await ReadAsync(Acme, Run1))));
    }

    [Fact]
    public async Task Write_SameNameAgain_KeepsTheFirst()
    {
        await Store.WriteAsync(Acme, Run1, Piece, [Record("1")], default);
        await Store.WriteAsync(Acme, Run1, Piece, [Record("2"), Record("3")], default);

        Assert.Equal(["1"], (await ReadAsync(Acme, Run1)).Select(record => record.Id));
        Assert.Equal(1, Assert.Single(await Store.ListAsync(Acme, default)).Records);
    }

    [Fact]
    public async Task List_SeveralRuns_NewestFirstWithCounts()
    {
        await Store.WriteAsync(Acme, Run1, Piece, [Record("1")], default);
        await Store.WriteAsync(Acme, Run2, Piece, [Record("1"), Record("2")], default);
        await Store.WriteAsync(Acme, Run2, Piece with { Batch = 1 }, [Record("3")], default);

        var backups = await Store.ListAsync(Acme, default);

        Assert.Equal([(Run2, 3L), (Run1, 1L)], backups.Select(backup => (backup.Run, backup.Records)));
    }

    [Fact]
    public async Task Read_NoBackup_IsEmpty()
    {
        Assert.Empty(await ReadAsync(Acme, Run1));
        Assert.Empty(await Store.ListAsync(Acme, default));
    }

    [Fact]
    public async Task Tenants_SameRunId_SeeNothingOfEachOther() // AX-1
    {
        await Store.WriteAsync(Acme, Run1, Piece, [Record("1")], default);
        await Store.WriteAsync(Globex, Run1, Piece, [Record("2")], default);

        Assert.Equal("1", Assert.Single(await ReadAsync(Acme, Run1)).Id);
        Assert.Equal("2", Assert.Single(await ReadAsync(Globex, Run1)).Id);
        Assert.Equal(1, Assert.Single(await Store.ListAsync(Acme, default)).Records);
    }

    private static BackupRecord Record(string id) => new(Side.Crm, Entity.Company, id, null, new FieldValues { [FieldKeys.Name] = $"Company {id}" });

    private async Task<List<BackupRecord>> ReadAsync(TenantId tenant, RunId run)
    {
        var records = new List<BackupRecord>();
        await foreach (var record in Store.ReadAsync(tenant, run, default))
        {
            records.Add(record);
        }

        return records;
    }
}
