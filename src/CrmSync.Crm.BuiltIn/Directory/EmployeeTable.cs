using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>The rows of employees, of their ids and of their pictures.</summary>
internal static class EmployeeTable
{
    private const string Columns = "SELECT number, external_key, updated_at, fields FROM directory_employees WHERE tenant = $1";
    private const string One = Columns + " AND number = $2";
    private const string ByKey = Columns + " AND external_key = $2";
    private const string ByEmail = Columns + " AND email = $2";
    private const string ById = Columns + " AND number IN (SELECT number FROM directory_employee_ids WHERE tenant = $1 AND folded = $2)";

    private const string PageSql = Columns + """
         AND number > $2 AND instr(search, $3) > 0 AND ($4 IS NULL OR json_extract(fields, '$.active') = $4) ORDER BY number LIMIT $5
        """;

    private const string CountSql = "SELECT COUNT(*) FROM directory_employees WHERE tenant = $1";

    private const string Put = """
        INSERT INTO directory_employees (tenant, number, external_key, email, updated_at, fields, search) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant, number) DO UPDATE SET external_key = $3, email = $4, updated_at = $5, fields = $6, search = $7
        """;

    private const string Remove = "DELETE FROM directory_employees WHERE tenant = $1 AND number = $2";
    private const string PutId = "INSERT OR IGNORE INTO directory_employee_ids (tenant, folded, number) VALUES ($1, $2, $3)";
    private const string RemoveId = "DELETE FROM directory_employee_ids WHERE tenant = $1 AND folded = $2 AND number = $3";
    private const string PutPicture = "INSERT OR REPLACE INTO directory_pictures (tenant, number, hash, type, content) VALUES ($1, $2, $3, $4, $5)";
    private const string RemovePicture = "DELETE FROM directory_pictures WHERE tenant = $1 AND number = $2";
    private const string ReadPicture = "SELECT hash, type, content FROM directory_pictures WHERE tenant = $1 AND number = $2";
    private const string ReadPictureHash = "SELECT hash FROM directory_pictures WHERE tenant = $1 AND number = $2";

    public static StoredEmployee? Find(SqliteConnection connection, long tenant, long number) => connection.First(One, Employee, tenant, number);

    public static StoredEmployee? FindByKey(SqliteConnection connection, long tenant, string externalKey) =>
        connection.First(ByKey, Employee, tenant, externalKey);

    public static StoredEmployee? FindByEmail(SqliteConnection connection, long tenant, string email) =>
        connection.First(ByEmail, Employee, tenant, Fold(email));

    /// <summary>Those who have an id, whatever its case.</summary>
    public static List<StoredEmployee> FindById(SqliteConnection connection, long tenant, string employeeId) =>
        connection.Rows(ById, Employee, tenant, Fold(employeeId));

    /// <summary>The next employees after a number, ascending, in whose names, address or ids a text stands.</summary>
    public static List<StoredEmployee> Page(SqliteConnection connection, long tenant, long after, int most, string search = "", bool? active = null) =>
        connection.Rows(PageSql, Employee, tenant, after, Fold(search), Canonical.Boolean(active), most);

    public static long Count(SqliteConnection connection, long tenant) => connection.Number(CountSql, tenant) ?? 0;

    /// <summary>Stores an employee in place of what there was.</summary>
    public static void Write(SqliteConnection connection, long tenant, StoredEmployee employee, StoredEmployee? before)
    {
        var fields = employee.Fields;
        var search = string.Join('\n', $"{fields[FieldKeys.FirstName]} {fields[FieldKeys.LastName]}", fields[FieldKeys.Email], fields[FieldKeys.EmployeeIds]);
        connection.Execute(
            Put, tenant, employee.Number, employee.ExternalKey, Fold(fields[FieldKeys.Email]!), employee.UpdatedAt, CoreJson.Serialize(fields), Fold(search));
        foreach (var gone in Ids(before).Except(Ids(employee)))
        {
            connection.Execute(RemoveId, tenant, gone, employee.Number);
        }

        foreach (var id in Ids(employee))
        {
            connection.Execute(PutId, tenant, id, employee.Number);
        }
    }

    public static void Delete(SqliteConnection connection, long tenant, StoredEmployee employee)
    {
        foreach (var id in Ids(employee))
        {
            connection.Execute(RemoveId, tenant, id, employee.Number);
        }

        connection.Execute(RemovePicture, tenant, employee.Number);
        connection.Execute(Remove, tenant, employee.Number);
    }

    public static Picture? Picture(SqliteConnection connection, long tenant, long number) => connection.First(
        ReadPicture, row => new Picture(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), tenant, number);

    public static string? PictureHash(SqliteConnection connection, long tenant, long number) =>
        connection.First(ReadPictureHash, row => row.GetString(0), tenant, number);

    public static void WritePicture(SqliteConnection connection, long tenant, long number, Picture? picture)
    {
        if (picture is null)
        {
            connection.Execute(RemovePicture, tenant, number);
        }
        else
        {
            connection.Execute(PutPicture, tenant, number, picture.Hash, picture.ContentType, picture.Content.ToArray());
        }
    }

    private static IEnumerable<string> Ids(StoredEmployee? employee) => Canonical.Lines(employee?.Fields[FieldKeys.EmployeeIds]).Select(Fold).Distinct();

    private static string Fold(string text) => text.ToLowerInvariant();

    private static StoredEmployee Employee(SqliteDataReader row) => new(
        row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), CoreJson.Deserialize<FieldValues>(row.GetString(3)));
}
