using System.Buffers;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Links;

/// <summary>Where the records of one section of ids are in the CRM: some forty bytes each, however many there are.</summary>
internal sealed class TargetSection
{
    private const long NoType = long.MinValue;

    private readonly List<long> _ids = [];
    private readonly List<long> _types = [];
    private readonly List<int> _ends = [];
    private readonly ArrayBufferWriter<byte> _texts = new();

    public int Count => _ids.Count;

    /// <summary>Adds a record; the ids ascend.</summary>
    public void Add(ConnectWiseId id, LinkTarget target)
    {
        _ids.Add(id.Value);
        _types.Add(target.Type ?? NoType);
        if (target.Crm is { } crm)
        {
            Encoding.UTF8.GetBytes(crm.Value, _texts);
        }

        _ends.Add(_texts.WrittenCount);
    }

    /// <summary>Where a record is; null where nothing is known of it.</summary>
    public LinkTarget? Find(ConnectWiseId id)
    {
        var index = _ids.BinarySearch(id.Value);
        if (index < 0)
        {
            return null;
        }

        // A CRM's ids are never empty: none is a record that is still to be created.
        var text = _texts.WrittenSpan[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];
        return new LinkTarget(
            text.IsEmpty ? null : new CrmId(Encoding.UTF8.GetString(text)), _types[index] == NoType ? null : _types[index]);
    }
}
