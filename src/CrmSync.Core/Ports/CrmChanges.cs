using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>Some changes of a CRM's records, in the order in which they were made; those of one batch of writes in an order of the CRM's own.</summary>
/// <param name="Changes">The changes, each record once. There may be none although more follow.</param>
/// <param name="Cursor">The place behind them, in the CRM's own words: where the next page begins. It stays good until the CRM forgets it.</param>
/// <param name="CaughtUp">Whether nothing followed when the page was read.</param>
public sealed record CrmChangePage(IReadOnlyList<CrmChange> Changes, string Cursor, bool CaughtUp);

/// <summary>A record that was created, changed or deleted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Record">The record as it stood when the page was read, with later changes in it; null where it was gone by then.</param>
public sealed record CrmChange(CrmId Id, CrmRecord? Record = null);

/// <summary>What every change feed says in the same words.</summary>
public static class ChangeFeed
{
    /// <summary>The CRM keeps no feed: <see cref="CrmCapabilities.ChangeFeed"/> is false.</summary>
    public static Refusal Unsupported { get; } = new(
        RefusalKind.NotFound, "changes-unsupported", "This CRM does not tell which of its records have changed.",
        "Read all records and compare them with what they were.");

    /// <summary>
    /// The cursor leads nowhere: it is none of this feed's, or older than what the CRM remembers, or of a time before the CRM was put back to an earlier state.
    /// </summary>
    public static Refusal CursorUnknown { get; } = new(
        RefusalKind.Conflict, "cursor-unknown", "The CRM does not remember what has changed since this place.",
        "Take a new place by asking without one, and read all records after that.")
    { Field = "since" };
}
