namespace CrmSync.Simulator.Records;

/// <summary>The ids of a list's generated records, ascending.</summary>
internal abstract class IdSpace
{
    public abstract int Count { get; }

    public abstract int IdAt(int index);

    /// <summary>The first index whose id is not below <paramref name="id"/>, or <see cref="Count"/>.</summary>
    public abstract int LowerBound(long id);
}

/// <summary>Ids as an old account has them: of every four numbers one is missing, which one is drawn. Found in both directions without a search.</summary>
internal sealed class GappedIds(Accounts.Draws draws, int first, int count) : IdSpace
{
    private const int Block = 4;
    private const int Purpose = 1;

    public override int Count => count;

    public override int IdAt(int index)
    {
        var (block, place) = Math.DivRem(index, Block - 1);
        return first + (block * Block) + place + (place >= Missing(block) ? 1 : 0);
    }

    public override int LowerBound(long id)
    {
        if (id <= first)
        {
            return 0;
        }

        if (id - first >= (long)count * 2)
        {
            return count;
        }

        var (block, place) = Math.DivRem((int)(id - first), Block);
        return Math.Min(count, (block * (Block - 1)) + place - (place > Missing(block) ? 1 : 0));
    }

    /// <summary>An id inside the range that no record has: what a dangling reference names.</summary>
    public int MissingNear(int index)
    {
        var block = index / (Block - 1);
        return first + (block * Block) + Missing(block);
    }

    private int Missing(int block) => draws.Below(block, Purpose, Block);
}

/// <summary>Ids written down one by one, as in set-up tables.</summary>
internal sealed class ListedIds(int[] ids) : IdSpace
{
    public override int Count => ids.Length;

    public override int IdAt(int index) => ids[index];

    public override int LowerBound(long id)
    {
        var index = 0;
        while (index < ids.Length && ids[index] < id)
        {
            index++;
        }

        return index;
    }
}
