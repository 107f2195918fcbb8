using CrmSync.Core.Planning;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>What was read below a page's opportunities, in the order of their ids.</summary>
internal static class ChildrenPart
{
    public static PooledBuffer Write(IReadOnlyDictionary<ConnectWiseId, OpportunityChildren> children) =>
        JsonLines.Write(children.OrderBy(pair => pair.Key).Select(pair => new ChildrenLine(pair.Key, pair.Value)).ToList());

    public static Dictionary<ConnectWiseId, OpportunityChildren> Read(ReadOnlyMemory<byte> content) =>
        JsonLines.Read<ChildrenLine>(content).ToDictionary(line => line.Id, line => line.Children);

    private sealed record ChildrenLine(ConnectWiseId Id, OpportunityChildren Children);
}
