namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>The tables of the built-in directory; their names begin with "directory_".</summary>
internal static class DirectoryTables
{
    public const string Component = "directory";

    private const string First = """
        CREATE TABLE directory_tenants (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            last INTEGER NOT NULL,
            profiles TEXT NOT NULL) STRICT;

        CREATE TABLE directory_employees (
            tenant INTEGER NOT NULL,
            number INTEGER NOT NULL,
            external_key TEXT,
            email TEXT NOT NULL,
            updated_at INTEGER NOT NULL,
            fields TEXT NOT NULL,
            search TEXT NOT NULL,
            PRIMARY KEY (tenant, number)) STRICT, WITHOUT ROWID;

        CREATE UNIQUE INDEX directory_employees_by_key ON directory_employees (tenant, external_key) WHERE external_key IS NOT NULL;
        CREATE UNIQUE INDEX directory_employees_by_email ON directory_employees (tenant, email);

        CREATE TABLE directory_employee_ids (
            tenant INTEGER NOT NULL,
            folded TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (tenant, folded, number)) STRICT, WITHOUT ROWID;

        CREATE TABLE directory_pictures (
            tenant INTEGER NOT NULL,
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            type TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (tenant, number)) STRICT;
        """;

    public static IReadOnlyList<string> Scripts { get; } = [First];
}
