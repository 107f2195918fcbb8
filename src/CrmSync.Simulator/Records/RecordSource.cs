namespace CrmSync.Simulator.Records;

/// <summary>
/// Records in the order of their ids, addressed by position. Positions of deleted records stay, empty, so that a position never comes
/// to mean another record.
/// </summary>
internal abstract class RecordSource
{
    public abstract RecordDefinition Definition { get; }

    /// <summary>Changes whenever any record changed: what was computed under an older version no longer holds.</summary>
    public abstract long Version { get; }

    public abstract int Positions { get; }

    public abstract int IdAt(int position);

    public abstract bool Exists(int position);

    /// <summary>The first position whose id is not below <paramref name="id"/>.</summary>
    public abstract int LowerBound(long id);

    public abstract FieldValue Read(RecordKey key, FieldDefinition field);

    /// <summary>Whether <see cref="RankOf"/> and <see cref="PositionOf"/> answer without looking at the records.</summary>
    public virtual bool HasRanks => false;

    /// <summary>How many records stand before a position.</summary>
    public virtual int RankOf(int position) => throw new NotSupportedException("This source has no ranks.");

    /// <summary>The position of the n-th existing record, from 0; <see cref="Positions"/> when there are fewer.</summary>
    public virtual int PositionOf(int ordinal) => throw new NotSupportedException("This source has no ranks.");

    /// <summary>Results of earlier scans, valid for one version of the records.</summary>
    public Lists.MatchCache Matches { get; } = new();

    public bool TryFind(int id, out RecordKey key)
    {
        var position = LowerBound(id);
        var found = position < Positions && IdAt(position) == id && Exists(position);
        key = new RecordKey(position, id);
        return found;
    }
}
