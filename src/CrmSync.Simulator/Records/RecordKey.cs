namespace CrmSync.Simulator.Records;

/// <summary>Names one record of a list: its place in the order of ids, and its id.</summary>
/// <param name="Position">Place in the source's order of ids, or <see cref="Unknown"/> when only the id is known.</param>
/// <param name="Id">The record's id in ConnectWise.</param>
internal readonly record struct RecordKey(int Position, int Id)
{
    public const int Unknown = -1;
}
