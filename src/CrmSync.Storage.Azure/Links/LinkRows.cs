using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Links;

/// <summary>
/// The rows of links: partitions of a tenant's entity by blocks of ConnectWise's ids, a row each. A fence (<see cref="LinkClaims"/>) is a row that stands
/// for no link.
/// </summary>
internal static class LinkRows
{
    private const string CrmColumn = "Crm";
    private const string TypeColumn = "Type";
    private const string UpdatedColumn = "UpdatedAt";
    private const string RunColumn = "Run";
    private const string FenceColumn = "Fence";

    /// <summary>All of a link.</summary>
    public static IReadOnlyList<string> LinkColumns { get; } = ["RowKey", CrmColumn, TypeColumn, UpdatedColumn, RunColumn, .. RowContents.Columns];

    /// <summary>Where a record is in the CRM.</summary>
    public static IReadOnlyList<string> TargetColumns { get; } = ["RowKey", CrmColumn, TypeColumn, FenceColumn];

    /// <summary>What a writer must know of the row it replaces.</summary>
    public static IReadOnlyList<string> HeadColumns { get; } = ["RowKey", CrmColumn, RowContents.Spilled];

    public static string Scope(TenantId tenant, Entity entity) => $"{tenant}{KeyText.Separator}{EntityName.Of(entity)}";

    public static TableEntity Make(string scope, ConnectWiseId id, LinkTarget target)
    {
        var address = RowKeys.Address(scope, id);
        var row = new TableEntity(address.Partition, address.Row);
        if (target.Crm is { } crm)
        {
            row[CrmColumn] = crm.Value;
        }

        if (target.Type is { } type)
        {
            row[TypeColumn] = type;
        }

        return row;
    }

    public static TableEntity Make(string scope, Link link)
    {
        var row = Make(scope, link.ConnectWise, new LinkTarget(link.Crm, link.Type));
        row[RunColumn] = link.Run.Value;
        if (link.ConnectWiseUpdatedAt is { } time)
        {
            row[UpdatedColumn] = time.UtcTicks;
        }

        return row;
    }

    /// <summary>A row that stands for no link.</summary>
    public static TableEntity MakeFence(string scope, ConnectWiseId id)
    {
        var row = Make(scope, id, default(LinkTarget));
        row[FenceColumn] = true;
        return row;
    }

    public static bool IsFence(TableEntity row) => row.GetBoolean(FenceColumn) == true;

    /// <summary>The CRM record of a link's row; null for no row, and for a fence.</summary>
    public static CrmId? Crm(TableEntity? row) => row?.GetString(CrmColumn) is { } crm ? new CrmId(crm) : null;

    public static LinkTarget Target(TableEntity row) => new(Crm(row), row.GetInt64(TypeColumn));

    /// <summary>The link of a row that has a CRM record.</summary>
    public static Link Read(TableEntity row, ReadOnlyMemory<byte> content)
    {
        var (connectWise, crm, sent) = new LinkSnapshotReader().Read(content.Span);
        return new Link
        {
            ConnectWise = RowKeys.Id(row.RowKey),
            Crm = Crm(row)!.Value,
            Type = row.GetInt64(TypeColumn),
            ConnectWiseUpdatedAt = row.GetInt64(UpdatedColumn) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            ConnectWiseSnapshot = connectWise,
            CrmSnapshot = crm,
            Sent = sent,
            Run = new RunId(row.GetString(RunColumn)),
        };
    }

    /// <summary>The rows of some ids by their keys.</summary>
    public static Task<Dictionary<string, TableEntity>> FindAsync(
        TableClient table, string scope, IEnumerable<ConnectWiseId> ids, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        table.FindAsync([.. ids.Distinct().Order().Select(id => RowKeys.Address(scope, id))], columns, cancellation);

    /// <summary>The rows of a range of ids, in their order.</summary>
    public static IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table, string scope, IdRange range, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var upTo = range.UpTo ?? long.MaxValue;
        return upTo <= range.After
            ? AsyncEnumerable.Empty<TableEntity>()
            : table.ReadAsync(
                RowKeys.Address(scope, new ConnectWiseId(range.After + 1)), RowKeys.Address(scope, new ConnectWiseId(upTo)), columns, cancellation);
    }
}
