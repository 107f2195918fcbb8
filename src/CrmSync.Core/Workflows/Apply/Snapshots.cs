using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>What a link remembers of both sides once an operation was applied.</summary>
internal static class Snapshots
{
    public static Link LinkOf(
        IReadOnlyList<MappedField> fields, ConnectWiseId id, CrmId crm, Operation operation, FieldValues? stored, RunId run)
    {
        var (connectWiseSide, crmSide) = operation.ConnectWiseBase is { } snapshot
            ? (snapshot, Overlay(operation.CrmBase, stored)) : OfCreate(fields, operation, stored ?? operation.Write);
        return new()
        {
            ConnectWise = id,
            Crm = crm,
            Type = operation.Type,
            ConnectWiseUpdatedAt = operation.ConnectWiseUpdatedAt,
            ConnectWiseSnapshot = connectWiseSide,
            CrmSnapshot = crmSide,
            Run = run,
        };
    }

    // The two sides of a record that was created: mostly the same.
    private static (FieldValues ConnectWise, FieldValues Crm) OfCreate(IReadOnlyList<MappedField> fields, Operation operation, FieldValues stored)
    {
        var crm = OfCreate(fields, stored);
        var connectWise = ReferenceEquals(stored, operation.Write) ? crm : OfCreate(fields, operation.Write);
        if (operation.JoinList is { } list)
        {
            connectWise = connectWise.Copy();
            connectWise[FieldKeys.List] = list;
        }

        return (connectWise, crm);
    }

    // What a create does not write is blank on both sides: known to be so.
    private static FieldValues OfCreate(IReadOnlyList<MappedField> fields, FieldValues written)
    {
        var snapshot = new FieldValues(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            snapshot.Add(fields[i].Crm, written[fields[i].Crm]);
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
