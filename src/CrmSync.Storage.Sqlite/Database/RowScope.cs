namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Rows that belong together, and how their ids are made: the scope's number in the high bits and the row's own in the low ones. One integer finds a row
/// without an index, and a scope's rows lie together in the order of their numbers.
/// </summary>
/// <param name="Value">The scope's number: up to 23 bits.</param>
public readonly record struct RowScope(long Value)
{
    private const int NumberBits = 40;
    private const long Kinds = 16;

    /// <summary>The highest number that a row can have.</summary>
    public const long MostNumber = (1L << NumberBits) - 1;

    /// <summary>At or below every row of the scope.</summary>
    public long Floor => Value << NumberBits;

    /// <summary>At or above every row of the scope.</summary>
    public long Ceiling => Floor | MostNumber;

    /// <summary>Whose rows they are.</summary>
    public long Owner => Value / Kinds;

    /// <summary>Which of the owner's rows they are.</summary>
    public long Kind => Value % Kinds;

    /// <summary>The scope of an owner's rows of a kind, one of 16.</summary>
    public static RowScope Of(long owner, long kind) => new((owner * Kinds) + kind);

    /// <summary>The scope that a row belongs to.</summary>
    public static RowScope OfRow(long row) => new(row >> NumberBits);

    /// <summary>The number of a row within its scope.</summary>
    public static long NumberOf(long row) => row & MostNumber;

    /// <summary>The row of a number between 0 and <see cref="MostNumber"/>.</summary>
    public long Row(long number) => Floor | number;
}
