namespace CrmSync.Simulation.Engine;

/// <summary>All the chance of one simulation, from its seed, and how bad this one's world is.</summary>
internal sealed class Chance
{
    private readonly Random _random;

    public Chance(int seed)
    {
        _random = new Random(seed);
        Lost = _random.NextDouble() * 0.15;
        LostAnswer = _random.NextDouble() * 0.15;
        Refused = _random.NextDouble() * 0.1;
        Crash = _random.NextDouble() * 0.02;
        Meddling = _random.NextDouble() * 0.1;
        Twice = _random.NextDouble() * 0.2;
        Miscounted = _random.NextDouble() * 0.1;
        DuplicateRule = _random.NextDouble() < 0.25;
    }

    /// <summary>F1, F6 to F10: a request that never arrives.</summary>
    public double Lost { get; }

    /// <summary>F2: an answer that is lost after the work was done.</summary>
    public double LostAnswer { get; }

    /// <summary>F17, F26: one record of a batch is refused.</summary>
    public double Refused { get; }

    /// <summary>F40: the host dies, at any effect.</summary>
    public double Crash { get; }

    /// <summary>F21, F48: somebody edits while a run is at work.</summary>
    public double Meddling { get; }

    /// <summary>F3: a request that is delivered a second time.</summary>
    public double Twice { get; }

    /// <summary>F25: a run in which ConnectWise counts more records than it lists.</summary>
    public double Miscounted { get; }

    /// <summary>F27: whether the CRM has a rule of its own against records with one name.</summary>
    public bool DuplicateRule { get; }

    /// <summary>Once the world is well again, nothing of that happens.</summary>
    public bool Calm { get; set; }

    public bool Happens(double share) => !Calm && _random.NextDouble() < share;

    public bool Flip() => _random.Next(2) == 0;

    public int Below(int most) => _random.Next(most);

    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
