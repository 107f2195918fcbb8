using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Simulation.Engine;

/// <summary>Every place at which the host can die, or somebody can meddle; and the trace of all that happened (D6).</summary>
internal sealed class Effects(Chance chance)
{
    private readonly StringBuilder _trace = new();
    private bool _dead;

    /// <summary>What a user does meanwhile.</summary>
    public Action Meddle { get; set; } = () => { };

    /// <summary>A digest of everything that happened, in order.</summary>
    public string Trace => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_trace.ToString())));

    public void Note(string what) => _trace.AppendLine(what);

    /// <summary>Between two effects of a run: the host may die, and somebody may meddle.</summary>
    public void Boundary(string place)
    {
        Crashpoint(place);
        if (chance.Happens(chance.Meddling))
        {
            Meddle();
        }
    }

    /// <summary>Where the host may die, and nobody meddles: no system can keep others out between its last look and its write.</summary>
    public void Crashpoint(string place)
    {
        _dead |= chance.Happens(chance.Crash);
        if (_dead)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"dead at {place}"));
            throw new HostDiedException();
        }
    }

    /// <summary>Another process takes over.</summary>
    public void Restart() => _dead = false;
}
