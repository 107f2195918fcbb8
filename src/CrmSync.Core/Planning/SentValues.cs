using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Planning;

/// <summary>
/// Writes of linked records that nobody confirmed: the answer was lost, or a repeat was refused, or the run ended in between. What the sync itself has
/// written is nobody's edit (ME-6), whatever ConnectWise holds by then.
/// </summary>
internal static class SentValues
{
    /// <summary>The link with what an operation is about to write. What was sent before is settled by what the plan has seen.</summary>
    /// <param name="link">The link.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="same">When two values of a field mean the same.</param>
    public static Link Note(Link link, Operation operation, Func<string, string?, string?, bool> same)
    {
        var settled = operation.Expect is { } seen ? Settle(link, operation.Write, seen, same) : link;
        var (connectWise, crm) = (settled.Sent?.ConnectWise.Copy() ?? [], settled.Sent?.Crm.Copy() ?? []);
        foreach (ref readonly var written in operation.Write.AsSpan())
        {
            crm[written.Key] = written.Value;
            if (operation.ConnectWiseBase is { } snapshot && snapshot.TryGet(written.Key, out var value))
            {
                connectWise[written.Key] = value;
            }
        }

        if (operation.JoinList is { } list)
        {
            connectWise[FieldKeys.List] = list;
        }

        return settled with { Sent = new SentFields(connectWise, crm) };
    }

    /// <summary>The link with the snapshots that the CRM's values tell of: did what was sent arrive?</summary>
    /// <param name="link">The link.</param>
    /// <param name="crm">The CRM's values.</param>
    /// <param name="same">When two values of a field mean the same.</param>
    public static Link Settle(Link link, FieldValues crm, Func<string, string?, string?, bool> same) => Settle(link, null, crm, same);

    private static Link Settle(Link link, FieldValues? only, FieldValues crm, Func<string, string?, string?, bool> same)
    {
        if (link.Sent is not { } sent)
        {
            return link;
        }

        var (connectWise, snapshot) = (link.ConnectWiseSnapshot.Copy(), link.CrmSnapshot.Copy());
        foreach (var (key, value) in only is null ? sent.Crm : sent.Crm.Where(field => only.Has(field.Key)))
        {
            var held = crm[key];
            if (snapshot.TryGet(key, out var before) && same(key, held, before))
            {
                continue;
            }

            if (same(key, held, value) && sent.ConnectWise.TryGet(key, out var taken))
            {
                (connectWise[key], snapshot[key]) = (taken, held);
            }
            else
            {
                // Neither what was there nor what was sent, as a CRM answers that stores another form: both sides count as changed.
                connectWise = connectWise.Without(name => name == key);
            }
        }

        return link with { ConnectWiseSnapshot = connectWise, CrmSnapshot = snapshot };
    }
}
