using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Browsing;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Crm.BuiltIn.Writing;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>One tenant's CRM as people look at it. Pages go by id: a record that is added or deleted meanwhile shifts no other.</summary>
public sealed class BuiltInCrmBrowser
{
    /// <summary>Most records on a page.</summary>
    public const int MostOnPage = 1000;

    private readonly CrmTenant _tenant;

    internal BuiltInCrmBrowser(CrmTenant tenant) => _tenant = tenant;

    /// <summary>
    /// A page of an entity's records. Refused are a size out of range ("page-size-invalid"), a continuation that no page gave
    /// ("continuation-invalid"), several filters at once ("filters-combined") and a list that is not there ("list-missing").
    /// </summary>
    public Task<Result<CrmPage>> ListAsync(Entity entity, CrmPageRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Search is null && request.Company is null
            ? _tenant.ReadAsync(Read, cancellation) : _tenant.ReadByKeysAsync(entity, Read, cancellation);

        Result<CrmPage> Read(SqliteConnection connection, TenantSchema schema) => Page(connection, schema, schema.Scope(entity), request);
    }

    /// <summary>One record with its lists and its invitation; null for none.</summary>
    public Task<CrmRecordDetail?> FindAsync(Entity entity, CrmId id, CancellationToken cancellation) =>
        _tenant.ReadAsync((connection, schema) =>
        {
            var scope = schema.Scope(entity);
            return scope.Row(id) is { } row && RecordTable.Read(connection, schema.Of(entity), [row]) is [var record]
                ? new CrmRecordDetail(record.ToRecord(scope), ListTable.Of(connection, row), Invitations.InvitedAt(connection, row))
                : null;
        }, cancellation);

    /// <summary>How many records an entity has.</summary>
    public Task<long> CountAsync(Entity entity, CancellationToken cancellation) =>
        _tenant.ReadAsync((connection, schema) => RecordTable.Count(connection, schema.Scope(entity)), cancellation);

    private static Result<CrmPage> Page(SqliteConnection connection, TenantSchema schema, RecordScope scope, CrmPageRequest request)
    {
        if (request.Size is < 1 or > MostOnPage)
        {
            return Invalid("page-size-invalid", "size", $"A page has 1 to {MostOnPage} records.", "Ask for fewer records and go on with the continuation.");
        }

        var after = request.Continuation is { } continuation ? scope.Row(new CrmId(continuation)) : scope.Floor;
        if (after is null)
        {
            return Invalid("continuation-invalid", "continuation", "No page gave this continuation.", "Begin with the first page.");
        }

        if ((request.Search is null ? 0 : 1) + (request.List is null ? 0 : 1) + (request.Company is null ? 0 : 1) > 1)
        {
            return Invalid("filters-combined", "search", "Search, list and company cannot be combined.", "Give one of them.");
        }

        // One more than asked for tells whether there is a next page.
        var records = Records(connection, schema.Of(scope.Entity), scope, request, after.Value, request.Size + 1);
        if (records is null)
        {
            return new Refusal(RefusalKind.NotFound, "list-missing", "There is no such list.", "Choose one of the lists that the choices name.") { Field = "list" };
        }

        var more = records.Count > request.Size;
        var shown = records.Take(request.Size).Select(record => record.ToRecord(scope)).ToList();
        return new CrmPage(shown, more ? shown[^1].Id.Value : null);
    }

    private static List<StoredRecord>? Records(
        SqliteConnection connection, EntitySchema schema, RecordScope scope, CrmPageRequest request, long after, int most)
    {
        if (string.IsNullOrWhiteSpace(request.Search) && request.List is null && request.Company is null)
        {
            return RecordTable.ReadPage(connection, schema, scope, after, most);
        }

        var rows = request.List is not null && scope.Entity == Entity.Contact ? PageQuery.List(connection, scope, request.List, after, most)
            : request.List is not null ? null
            : request.Company is { } company ? KeyTable.RowsReferringTo(connection, scope, company.Value, after, most)
            : PageQuery.Search(connection, scope, request.Search!, after, most);
        return rows is null ? null : RecordTable.Read(connection, schema, rows);
    }

    private static Refusal Invalid(string code, string field, string message, string remedy) =>
        new(RefusalKind.Invalid, code, message, remedy) { Field = field };
}
