using System.Collections.Concurrent;
using CrmSync.Simulator.Faults;

namespace CrmSync.Simulator;

/// <summary>How a request with wrong credentials is answered; real sites differ.</summary>
public enum RefusalManner
{
    /// <summary>401 with a JSON body.</summary>
    Unauthorized,

    /// <summary>404 "The endpoint does not exist.", as some cloud sites do.</summary>
    NotFound,

    /// <summary>400 as plain text, "Cannot route. Codebase/company is invalid".</summary>
    CannotRoute,
}

/// <summary>What a test may turn while the simulator runs. Every switch takes effect with the next request.</summary>
public sealed class SimulatorSwitches
{
    private readonly ConcurrentDictionary<string, bool> _denied = new(StringComparer.OrdinalIgnoreCase);
    private volatile string _codebase;

    internal SimulatorSwitches(SimulatorOptions options)
    {
        _codebase = options.Codebase;
        Latency = options.Latency;
        Faults = new FaultPlan(options.Seed, options.FaultRates);
    }

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What every HTTP request takes at least, the making of its answer included.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The release folder. Moving it leaves 404 behind at the old one; <c>v4_6_release</c> stays.</summary>
    public string Codebase
    {
        get => _codebase;
        set
        {
            FormerCodebases[_codebase] = true;
            FormerCodebases.TryRemove(value, out _);
            _codebase = value;
        }
    }

    /// <summary>Whether a changed type association, communication, forecast or note also touches its parent's <c>lastUpdated</c>.</summary>
    /// <value>true.</value>
    public bool ChildChangesTouchParent { get; set; } = true;

    /// <summary>Whether <c>/system/bundles</c> exists.</summary>
    /// <value>true.</value>
    public bool HasBundles { get; set; } = true;

    /// <summary>Whether <c>/system/info</c> answers without credentials, as it is reported to.</summary>
    /// <value>true.</value>
    public bool IsInfoOpen { get; set; } = true;

    /// <summary>The status of a request without a client id: 401 or 403, reports differ.</summary>
    /// <value>401.</value>
    public int MissingClientIdStatus { get; set; } = 401;

    /// <summary>How wrong credentials are refused.</summary>
    /// <value><see cref="RefusalManner.Unauthorized"/>.</value>
    public RefusalManner Refusal { get; set; }

    /// <summary>Whether requests are counted for each path, ids replaced by <c>#</c>.</summary>
    /// <value>false.</value>
    public bool CountsPaths { get; set; }

    internal ConcurrentDictionary<string, bool> FormerCodebases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a line of <see cref="PermissionLines"/> from the API member: what needs it answers 403.</summary>
    public void Deny(string permissionLine) => _denied[permissionLine] = true;

    /// <summary>Gives the line back.</summary>
    public void Allow(string permissionLine) => _denied.TryRemove(permissionLine, out _);

    internal bool IsDenied(string permissionLine) => _denied.ContainsKey(permissionLine);
}
