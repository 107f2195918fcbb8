using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>Users who were invited, and when (SU-4).</summary>
internal static class Invitations
{
    private const string Insert = "INSERT OR IGNORE INTO crm_invitations (record, invited_at) VALUES ($1, $2)";
    private const string Read = "SELECT invited_at FROM crm_invitations WHERE record = $1";
    private const string Remove = "DELETE FROM crm_invitations WHERE record = $1";

    /// <summary>Creates and invites those whose address no user has; answers the others with the user who has it.</summary>
    public static List<CrmWriteResult> Send(SqliteConnection connection, TenantSchema schema, IReadOnlyList<UserInvitation> invitations, long now)
    {
        var results = new List<CrmWriteResult>(invitations.Count);
        foreach (var invitation in invitations)
        {
            results.Add(Send(connection, schema, invitation, now));
        }

        return results;
    }

    /// <summary>When a user was invited; null for never.</summary>
    public static DateTimeOffset? InvitedAt(SqliteConnection connection, long row) =>
        connection.Number(Read, row) is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    public static void Forget(SqliteConnection connection, long row) => connection.Execute(Remove, row);

    private static CrmWriteResult Send(SqliteConnection connection, TenantSchema schema, UserInvitation invitation, long now)
    {
        var scope = schema.Scope(Entity.User);
        KeyTable.CatchUp(connection, scope);
        if (Normalise.Email(invitation.Email) is { } email && KeyTable.Candidates(connection, scope, [new(MatchKind.Email, email)]) is [var first, ..])
        {
            var user = RecordTable.Read(connection, schema.Of(Entity.User), [first])[0];
            return new CrmWriteResult { Id = scope.Id(user.Row), Stored = user.Fields };
        }

        var write = new CrmWrite
        {
            ExternalKey = invitation.ExternalKey,
            Fields = new() { [FieldKeys.Email] = invitation.Email, [FieldKeys.Name] = invitation.Name, [FieldKeys.Role] = invitation.Role },
        };
        var result = WriteBatch.Run(connection, schema, Entity.User, [write], _ => now)[0];
        if (result.Created)
        {
            connection.Execute(Insert, scope.Row(result.Id!.Value), now);
        }

        return result;
    }
}
