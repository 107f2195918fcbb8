using System.Text;

namespace CrmSync.Simulator.Records;

/// <summary>
/// The part of an <c>_info</c> link after <c>/apis/3.0/</c>, with <c>{0}</c> where the record's id stands. Links begin with a second
/// slash, as ConnectWise's do.
/// </summary>
internal sealed class LinkTemplate
{
    public LinkTemplate(string path)
    {
        var hole = path.IndexOf("{0}", StringComparison.Ordinal);
        Head = Encoding.UTF8.GetBytes("/" + path[..hole]);
        Tail = Encoding.UTF8.GetBytes(path[(hole + 3)..]);
    }

    public byte[] Head { get; }

    public byte[] Tail { get; }
}
