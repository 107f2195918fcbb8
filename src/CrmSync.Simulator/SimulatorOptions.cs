using CrmSync.Simulator.Faults;

namespace CrmSync.Simulator;

/// <summary>What a simulated ConnectWise is started with.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The loopback port.</summary>
    /// <value>0: any free one.</value>
    public int Port { get; init; }

    /// <summary>The same seed gives the same account and the same faults, at any time and on any machine.</summary>
    /// <value>1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>How many companies the list holds, whatever their state.</summary>
    /// <value>400.</value>
    public int Companies { get; init; } = 400;

    /// <summary>How many contacts the list holds.</summary>
    /// <value>1,200.</value>
    public int Contacts { get; init; } = 1_200;

    /// <summary>How many items the product catalog holds.</summary>
    /// <value>150.</value>
    public int CatalogItems { get; init; } = 150;

    /// <summary>How many activities the list holds.</summary>
    /// <value>1,500.</value>
    public int Activities { get; init; } = 1_500;

    /// <summary>How many opportunities the list holds.</summary>
    /// <value>200.</value>
    public int Opportunities { get; init; } = 200;

    /// <summary>How many members the list holds.</summary>
    /// <value>25.</value>
    public int Members { get; init; } = 25;

    /// <summary>What every HTTP request takes at least, the making of its answer included; a bundle once for all that it holds.</summary>
    /// <value>None.</value>
    public TimeSpan Latency { get; init; }

    /// <summary>The company that logs in. Not a secret: the simulator has none.</summary>
    /// <value>"simmsp".</value>
    public string CompanyId { get; init; } = "simmsp";

    /// <summary>The API member's public key.</summary>
    /// <value>"SimulatorPublic".</value>
    public string PublicKey { get; init; } = "SimulatorPublic";

    /// <summary>The API member's private key.</summary>
    /// <value>"SimulatorPrivate".</value>
    public string PrivateKey { get; init; } = "SimulatorPrivate";

    /// <summary>The only client id that is accepted.</summary>
    /// <value>null: any GUID.</value>
    public Guid? ClientId { get; init; }

    /// <summary>The release folder that <c>companyinfo</c> names, beside which <c>v4_6_release</c> always works.</summary>
    /// <value>"v2025_1".</value>
    public string Codebase { get; init; } = "v2025_1";

    /// <summary>Whether the site says that it is in ConnectWise's cloud.</summary>
    /// <value>true.</value>
    public bool IsCloud { get; init; } = true;

    /// <summary>How many requests one bundle may hold; more are refused with 400.</summary>
    /// <value>250.</value>
    public int LargestBundle { get; init; } = 500;

    /// <summary>The share of requests, from 0 to 1, that meet each fault, drawn from the seed.</summary>
    /// <value>None.</value>
    public IReadOnlyDictionary<FaultKind, double> FaultRates { get; init; } = new Dictionary<FaultKind, double>();

    /// <summary>Drives the simulator's clock, its latency and its slow answers.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
