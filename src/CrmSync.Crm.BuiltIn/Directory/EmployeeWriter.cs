using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Writing;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>Writes employees one by one within a write transaction: each sees what those before it did, and one that is refused leaves nothing.</summary>
internal sealed class EmployeeWriter(SqliteConnection connection, long tenant)
{
    private readonly List<EmployeeProfile> _profiles = DirectoryTenant.Profiles(connection, tenant);

    /// <summary>Does one write at a time, in milliseconds since 1970.</summary>
    public CrmWriteResult Write(CrmWrite write, long now)
    {
        if (write.ExternalKey is { } key && (key.Length is 0 or > RecordRules.LongestExternalKey || key.Trim() != key || key.Any(char.IsSurrogate)))
        {
            return Refused(CrmErrors.KeyInvalid(RecordRules.LongestExternalKey));
        }

        var holder = write.ExternalKey is null ? null : EmployeeTable.FindByKey(connection, tenant, write.ExternalKey);
        return write.Id is { } id ? Change(id, write, holder, now)

            // A repeated create: the fields are as they are by now, so that nobody's later edit is overwritten.
            : holder is not null ? Answer(holder, write, created: false)
            : Create(write, now);
    }

    /// <summary>Gives an employee a picture, or takes it away. It is no field: the time of the last change stays.</summary>
    public CrmWriteResult WritePicture(CrmId id, Picture? picture)
    {
        if (Find(id) is not { } employee)
        {
            return Refused(Missing(id));
        }

        EmployeeTable.WritePicture(connection, tenant, employee.Number, picture);
        return new CrmWriteResult { Id = id, Stored = new(1) { [FieldKeys.Picture] = picture?.Hash } };
    }

    private CrmWriteResult Create(CrmWrite write, long now)
    {
        if (Check(write.Fields, null, out var fields) is { } refused)
        {
            return Refused(refused);
        }

        var employee = new StoredEmployee(DirectoryTenant.TakeNumber(connection, tenant), write.ExternalKey, now, fields);
        EmployeeTable.Write(connection, tenant, employee, null);
        return Answer(employee, write, created: true);
    }

    private CrmWriteResult Change(CrmId id, CrmWrite write, StoredEmployee? holder, long now)
    {
        if (Find(id) is not { } before)
        {
            return Refused(Missing(id));
        }

        if (holder is not null && holder.Number != before.Number)
        {
            return Refused(CrmErrors.KeyTaken(holder.Id));
        }

        if (Check(write.Fields, before, out var fields) is { } refused)
        {
            return Refused(refused);
        }

        // Later than before even when the clock was put back: a change is never mistaken for none. A key is no field, and changes no time.
        var changed = !fields.AsSpan().SequenceEqual(before.Fields.AsSpan());
        var after = before with
        {
            ExternalKey = write.ExternalKey ?? before.ExternalKey,
            UpdatedAt = changed ? Math.Max(now, before.UpdatedAt + 1) : before.UpdatedAt,
            Fields = fields,
        };
        if (changed || after.ExternalKey != before.ExternalKey)
        {
            EmployeeTable.Write(connection, tenant, after, before);
        }

        return Answer(after, write, created: false);
    }

    private CrmError? Check(FieldValues given, StoredEmployee? before, out FieldValues after)
    {
        if (EmployeeFields.Over(given, before?.Fields, _profiles, out after) is { } refused)
        {
            return refused;
        }

        // People log in with it: nobody has another's.
        return EmployeeTable.FindByEmail(connection, tenant, after[FieldKeys.Email]!) is { } other && other.Number != before?.Number
            ? new CrmError("value-taken", $"The employee \"{other.Id}\" already has this e-mail address.", false)
            : null;
    }

    private StoredEmployee? Find(CrmId id) => StoredEmployee.NumberOf(id) is { } number ? EmployeeTable.Find(connection, tenant, number) : null;

    private static CrmWriteResult Answer(StoredEmployee employee, CrmWrite write, bool created)
    {
        var stored = new FieldValues(write.Fields.Count);
        foreach (var (key, _) in write.Fields)
        {
            stored.Add(key, employee.Fields[key]);
        }

        return new CrmWriteResult { Id = employee.Id, Created = created, Stored = stored };
    }

    private static CrmError Missing(CrmId id) => new("record-missing", $"There is no employee \"{id}\".", false);

    private static CrmWriteResult Refused(CrmError error) => new() { Error = error };
}
