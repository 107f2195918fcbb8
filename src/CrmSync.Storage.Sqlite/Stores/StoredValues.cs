using System.Buffers;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>How values stand in columns. Enums have numbers of their own: a case added between others must not change what was stored.</summary>
internal static class StoredValues
{
    public static long Number(Entity entity) => entity switch
    {
        Entity.User => 0,
        Entity.Company => 1,
        Entity.Contact => 2,
        Entity.Solution => 3,
        Entity.Activity => 4,
        Entity.Opportunity => 5,
        Entity.Employee => 6,
    };

    public static Entity ToEntity(long number) => number switch
    {
        0 => Entity.User,
        1 => Entity.Company,
        2 => Entity.Contact,
        3 => Entity.Solution,
        4 => Entity.Activity,
        5 => Entity.Opportunity,
        6 => Entity.Employee,
        _ => throw new InvalidDataException($"No entity has the number {number}."),
    };

    public static long Number(RunKind kind) => kind switch
    {
        RunKind.Import => 0,
        RunKind.EmployeeSync => 1,
    };

    public static long Number(PartKind kind) => kind switch
    {
        PartKind.Settings => 0,
        PartKind.Observation => 1,
        PartKind.ReadingMap => 2,
        PartKind.Claims => 3,
        PartKind.Decisions => 4,
        PartKind.Plan => 5,
        PartKind.Results => 6,
        PartKind.Counterpart => 7,
        PartKind.Children => 8,
    };

    public static long Number(InvitationState state) => state switch
    {
        InvitationState.Waiting => 0,
        InvitationState.Due => 1,
        InvitationState.Sending => 2,
        InvitationState.Sent => 3,
        InvitationState.Refused => 4,
        InvitationState.Redeemed => 5,
    };

    public static InvitationState ToInvitationState(long number) => number switch
    {
        0 => InvitationState.Waiting,
        1 => InvitationState.Due,
        2 => InvitationState.Sending,
        3 => InvitationState.Sent,
        4 => InvitationState.Refused,
        5 => InvitationState.Redeemed,
        _ => throw new InvalidDataException($"No state of an invitation has the number {number}."),
    };

    /// <summary>A time as its ticks in UTC: exact, ordered, eight bytes.</summary>
    public static long Ticks(DateTimeOffset time) => time.UtcTicks;

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>A copy of the bytes of a column.</summary>
    public static PooledBuffer Blob(SqliteDataReader row, int column)
    {
        var content = raw.sqlite3_column_blob(row.Handle!, column);
        var copy = new PooledBuffer(content.Length);
        copy.Write(content);
        return copy;
    }
}
