using CrmSync.Core.Records;

namespace CrmSync.Core.Access;

/// <summary>Who a key speaks for (AX-1).</summary>
/// <param name="Tenant">The one tenant it opens; null for an operator, who opens all.</param>
/// <param name="KeyId">The key's public id, for logs.</param>
public sealed record Principal(TenantId? Tenant, string KeyId)
{
    /// <summary>Whether it is an operator.</summary>
    public bool IsOperator => Tenant is null;

    /// <summary>Whether it may see and change a tenant.</summary>
    public bool Opens(TenantId tenant) => IsOperator || Tenant == tenant;
}

/// <summary>A key as lists show it: without its text, and without its hash.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record KeySummary(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A new key. Its text is shown this once; only its hash is kept. No record, so that nothing prints it.</summary>
/// <param name="id">Its public id.</param>
/// <param name="name">What it is for.</param>
/// <param name="createdAt">When it was made.</param>
/// <param name="key">Its text.</param>
public sealed class IssuedKey(string id, string name, DateTimeOffset createdAt, string key)
{
    /// <summary>Its public id.</summary>
    public string Id { get; } = id;

    /// <summary>What it is for.</summary>
    public string Name { get; } = name;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Its text, to be handed to whom it is for.</summary>
    public string Key { get; } = key;
}
