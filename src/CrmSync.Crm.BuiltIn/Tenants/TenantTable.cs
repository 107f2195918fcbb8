using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tenants;

/// <summary>The rows of tenants: their numbers, choices and own fields.</summary>
internal static class TenantTable
{
    private const string FindNumber = "SELECT number FROM crm_tenants WHERE id = $1";
    private const string Insert = "INSERT INTO crm_tenants (id, revision, choices, fields) VALUES ($1, 1, $2, $3) RETURNING number";
    private const string ReadRevision = "SELECT revision FROM crm_tenants WHERE number = $1";
    private const string ReadAll = "SELECT revision, choices, fields FROM crm_tenants WHERE number = $1";
    private const string Update = "UPDATE crm_tenants SET revision = revision + 1, choices = $2, fields = $3 WHERE number = $1";

    /// <summary>The tenant's number; a tenant that was never seen gets the next one, and the default choices.</summary>
    public static long Ensure(SqliteConnection connection, TenantId tenant)
    {
        if (connection.Number(FindNumber, tenant.Value) is { } known)
        {
            return known;
        }

        var number = connection.Number(Insert, tenant.Value, Json(DefaultChoices.Value), CoreJson.Serialize(new Dictionary<Entity, FieldDefinition[]>()))!.Value;
        ListTable.Replace(connection, number, DefaultChoices.Value.Lists);
        return number;
    }

    /// <summary>The tenant's schema: the given one while nothing has changed.</summary>
    public static TenantSchema Read(SqliteConnection connection, long number, TenantSchema? known) =>
        known is not null && known.Revision == connection.Number(ReadRevision, number)
            ? known
            : connection.First(ReadAll, reader => Schema(number, reader), number)!;

    /// <summary>Replaces choices and own fields.</summary>
    public static void Write(SqliteConnection connection, TenantSchema schema, CrmChoices choices, IReadOnlyDictionary<Entity, FieldDefinition[]> custom) =>
        connection.Execute(Update, schema.Tenant, Json(choices), CoreJson.Serialize(custom));

    private static TenantSchema Schema(long number, SqliteDataReader reader) => new(
        number,
        reader.GetInt64(0),
        CoreJson.Deserialize<CrmChoices>(reader.GetString(1)),
        CoreJson.Deserialize<Dictionary<Entity, FieldDefinition[]>>(reader.GetString(2)));

    private static string Json(CrmChoices choices) => CoreJson.Serialize(choices with { Lists = [] });
}
