using System.Numerics;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Lists;

/// <summary>Which positions of a source pass a filter: one bit each.</summary>
internal sealed class MatchSet
{
    private readonly ulong[] _bits;

    public MatchSet(RecordSource source, Filter filter)
    {
        var positions = source.Positions;
        _bits = new ulong[(positions + 63) / 64];
        for (var position = 0; position < positions; position++)
        {
            if (source.Exists(position) && (filter.IsEmpty || filter.Passes(source, new RecordKey(position, source.IdAt(position)))))
            {
                _bits[position >> 6] |= 1UL << (position & 63);
            }
        }
    }

    public bool Contains(int position) => (position >> 6) < _bits.Length && (_bits[position >> 6] & (1UL << (position & 63))) != 0;

    /// <summary>How many positions below <paramref name="position"/> pass.</summary>
    public int RankOf(int position)
    {
        var word = Math.Min(position >> 6, _bits.Length);
        var rank = 0;
        for (var i = 0; i < word; i++)
        {
            rank += BitOperations.PopCount(_bits[i]);
        }

        return word < _bits.Length ? rank + BitOperations.PopCount(_bits[word] & ((1UL << (position & 63)) - 1)) : rank;
    }

    /// <summary>The position of the n-th that passes, from 0; past the end when there are fewer.</summary>
    public int PositionOf(int ordinal)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            var inWord = BitOperations.PopCount(_bits[i]);
            if (ordinal >= inWord)
            {
                ordinal -= inWord;
                continue;
            }

            var word = _bits[i];
            for (; ordinal > 0; ordinal--)
            {
                word &= word - 1;
            }

            return (i << 6) + BitOperations.TrailingZeroCount(word);
        }

        return _bits.Length << 6;
    }
}
