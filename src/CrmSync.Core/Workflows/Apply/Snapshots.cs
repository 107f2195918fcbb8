using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>What a link remembers of both sides once an operation was applied.</summary>
internal static class Snapshots
{
    public static Link LinkOf(
        IReadOnlyList<MappedField> fields, ConnectWiseId id, CrmId crm, Operation operation, FieldValues? stored, RunId run) => new()
        {
            ConnectWise = id,
            Crm = crm,
            Type = operation.Type,
            ConnectWiseUpdatedAt = operation.ConnectWiseUpdatedAt,
            ConnectWiseSnapshot = operation.ConnectWiseBase ?? OfCreate(fields, operation.Write, operation.JoinList),
            CrmSnapshot = operation.ConnectWiseBase is null ? OfCreate(fields, stored ?? operation.Write, null) : Overlay(operation.CrmBase, stored),
            Run = run,
        };

    // What a create does not write is blank on both sides: known to be so.
    private static FieldValues OfCreate(IReadOnlyList<MappedField> fields, FieldValues written, string? list)
    {
        var snapshot = new FieldValues(fields.Count + 1);
        foreach (var field in fields)
        {
            snapshot.Add(field.Crm, written[field.Crm]);
        }

        if (list is not null)
        {
            snapshot[FieldKeys.List] = list;
        }

        return snapshot;
    }

    private static FieldValues Overlay(FieldValues? kept, FieldValues? stored)
    {
        var snapshot = kept?.Copy() ?? new FieldValues();
        foreach (var (key, value) in stored ?? [])
        {
            snapshot[key] = value;
        }

        return snapshot;
    }
}
