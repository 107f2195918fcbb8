namespace CrmSync.Simulator.Accounts;

/// <summary>
/// Chance as a pure function: the same seed, record and purpose give the same draw in every process and in any order, which is what
/// lets a million records exist without being held.
/// </summary>
internal readonly struct Draws(ulong seed)
{
    public static Draws For(int seed, string list)
    {
        var mixed = Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
        foreach (var letter in list)
        {
            mixed = Mix(mixed ^ letter);
        }

        return new Draws(mixed);
    }

    public ulong At(int index, int purpose) => Mix(seed ^ Mix(((ulong)(uint)index << 20) + (uint)purpose));

    public int Below(int index, int purpose, int limit) => (int)(At(index, purpose) % (ulong)limit);

    public int Between(int index, int purpose, int least, int most) => least + Below(index, purpose, most - least + 1);

    public bool Chance(int index, int purpose, double share) => At(index, purpose) >> 11 < (ulong)(share * (1UL << 53));

    public T Pick<T>(int index, int purpose, T[] choices) => choices[Below(index, purpose, choices.Length)];

    /// <summary>A GUID that belongs to the record.</summary>
    public string Guid(int index, int purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, At(index, purpose));
        BitConverter.TryWriteBytes(bytes[8..], Mix(At(index, purpose) + 1));
        return new Guid(bytes).ToString();
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
