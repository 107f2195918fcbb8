namespace CrmSync.Crm.Http.Client;

/// <summary>One request of the contract. All of them can be sent again: they read, or they name the batch that is to be done once.</summary>
internal sealed record ContractCall
{
    /// <summary>Path below the contract's root, without a leading slash. Holds no data, and may be logged.</summary>
    public required string Path { get; init; }

    /// <summary>Encoded query without the question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    /// <summary>JSON body of a POST; null for a GET.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The name of the batch; null for what only reads.</summary>
    public string? IdempotencyKey { get; init; }
}
