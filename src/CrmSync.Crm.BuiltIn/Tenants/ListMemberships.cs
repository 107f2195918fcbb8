using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tenants;

/// <summary>Puts contacts on lists and takes them off, many in one transaction: each list is looked up once.</summary>
internal sealed class ListMemberships(SqliteConnection connection, long tenant)
{
    private const string AddMember = "INSERT OR IGNORE INTO crm_list_members (record, list) VALUES (?1, ?2)";
    private const string RemoveMember = "DELETE FROM crm_list_members WHERE record = ?1 AND list = ?2";

    private readonly Dictionary<string, long?> _numbers = new(StringComparer.Ordinal);

    /// <summary>Puts a contact on a list, which is made when it is not there (CT-1).</summary>
    public void Join(long row, string? name)
    {
        if (name is not null)
        {
            var list = Find(name) ?? (_numbers[name] = ListTable.Add(connection, tenant, name))!.Value;
            connection.Bulk(AddMember).Bind(row).Bind(list).Run();
        }
    }

    /// <summary>Takes a contact off a list (CT-4).</summary>
    public void Leave(long row, string? name)
    {
        if (name is not null && Find(name) is { } list)
        {
            connection.Bulk(RemoveMember).Bind(row).Bind(list).Run();
        }
    }

    private long? Find(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = ListTable.Number(connection, tenant, name);
            _numbers.Add(name, number);
        }

        return number;
    }
}
