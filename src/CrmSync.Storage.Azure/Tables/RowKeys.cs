using System.Globalization;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>
/// Keys of rows that stand in the order of ConnectWise's ids. Each <see cref="BlockSize"/> ids are a partition: a page of records lies in one or two,
/// slices that are worked on at once write to different ones, and the order of partitions is the order of ids, so that any range is one query.
/// </summary>
internal static class RowKeys
{
    /// <summary>Ids in one partition.</summary>
    public const long BlockSize = 10_000;

    public static string Partition(string scope, long id) => string.Create(CultureInfo.InvariantCulture, $"{scope}{KeyText.Separator}{id / BlockSize:D15}");

    public static string Row(long id) => id.ToString("D19", CultureInfo.InvariantCulture);

    public static ConnectWiseId Id(string rowKey) => new(long.Parse(rowKey, CultureInfo.InvariantCulture));

    /// <summary>The address of an id's row.</summary>
    public static RowAddress Address(string scope, ConnectWiseId id) => new(Partition(scope, id.Value), Row(id.Value));
}

/// <summary>Where a row stands.</summary>
internal readonly record struct RowAddress(string Partition, string Row);
