using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Crm.Http.Contract;

/// <summary>The addresses of the contract, below the CRM's own, and the words that stand in them.</summary>
internal static class ContractAddresses
{
    /// <summary>The version that this product speaks and serves.</summary>
    public const string Version = "v1";

    public const string Root = "crm/" + Version;
    public const string Description = "openapi.json";
    public const string Capabilities = "capabilities";
    public const string Choices = "choices";
    public const string Fields = "fields";
    public const string Records = "records";
    public const string Changes = "changes";
    public const string Read = "records/read";
    public const string Find = "records/find";
    public const string Write = "records/write";
    public const string Invitations = "users/invitations";

    public const string ContinuationParameter = "continuation";
    public const string SinceParameter = "since";
    public const string LimitParameter = "limit";

    /// <summary>The header that names a batch (draft-ietf-httpapi-idempotency-key-header).</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>The entity that a name stands for; null for none. Exact, as addresses are.</summary>
    public static Entity? EntityOf(string name) =>
        Stages.Parse(name) is { } entity && Stages.InCrm.Contains(entity) && Stages.NameOf(entity) == name ? entity : null;
}
