using CrmSync.Simulator.Accounts.Data;

namespace CrmSync.Simulator.Accounts;

/// <summary>When generated records were entered and last touched. All of it lies before <see cref="Epoch"/>.</summary>
internal static class AccountClock
{
    /// <summary>2026-01-01T00:00:00Z: the moment at which the generated account stands still.</summary>
    public const long Epoch = 1_767_225_600;

    /// <summary>2019-03-01T09:30:00Z: when the set-up tables were last touched.</summary>
    public const long SetupDate = 1_551_432_600;

    /// <summary>1800-01-01T08:00:00Z, which ConnectWise shows for a hire date never entered.</summary>
    public const long EmptyHireDate = -5_364_633_600;

    public const long Day = 86_400;

    /// <summary>2024-06-15T03:00:00Z, the second of the bulk import.</summary>
    private const long BulkImport = 1_718_420_400;

    private const long Years = 6 * 365 * Day;
    private const int Purpose = 900;

    /// <summary>The last change of a generated record: mostly in the last months, some years ago, many in one bulk import's second.</summary>
    public static long LastUpdated(Draws draws, int index)
    {
        if (draws.Chance(index, Purpose, Shares.BulkImported))
        {
            return BulkImport;
        }

        var share = (draws.At(index, Purpose + 1) >> 11) * (1.0 / (1UL << 53));
        return Epoch - 1 - (long)(share * share * share * Years);
    }

    /// <summary>A day before the epoch, at midnight, at most this many days ago.</summary>
    public static long DayBefore(Draws draws, int index, int purpose, int days) => Epoch - (draws.Between(index, purpose, 1, days) * Day);

    /// <summary>A moment of a working day, at most this many days ago.</summary>
    public static long HourBefore(Draws draws, int index, int purpose, int days) =>
        DayBefore(draws, index, purpose, days) + (draws.Between(index, purpose + 1, 13, 22) * 3600) + (draws.Below(index, purpose + 2, 4) * 900);
}
