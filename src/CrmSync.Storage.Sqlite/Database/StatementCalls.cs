using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// The calls that a row is made of, a dozen for each: through the driver, whose handles count their users, each would cost more than what it does. The
/// statement is a plain pointer: its owner keeps it alive, and SQLite answers a null one with an error. What only copies a value does not tell the
/// collector that it is away.
/// </summary>
internal static class StatementCalls
{
    /// <summary>Tells SQLite to copy what is bound.</summary>
    public const nint Copied = -1;

    private const string Library = "e_sqlite3";

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static extern int BindNumber(nint statement, int parameter, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static extern int BindNull(nint statement, int parameter);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static extern int BindBlob(nint statement, int parameter, in byte first, int length, nint lifetime);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static extern int BindText(nint statement, int parameter, in byte first, int length, nint lifetime);

    [DllImport(Library, EntryPoint = "sqlite3_step")]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset")]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static extern long ColumnNumber(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static extern int ColumnType(nint statement, int column);
}
