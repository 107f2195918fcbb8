using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core;

namespace CrmSync.Crm.Http.Contract;

/// <summary>How the contract's bodies are read. They are written as <see cref="CoreJson"/> does.</summary>
internal static class ContractJson
{
    /// <summary>For a server: what it does not know it must not pass over, or it would do something else than it was asked.</summary>
    public static JsonSerializerOptions Strict { get; } = Make(JsonUnmappedMemberHandling.Disallow);

    /// <summary>For a client: a server may say more than this version knows.</summary>
    public static JsonSerializerOptions Tolerant { get; } = Make(JsonUnmappedMemberHandling.Skip);

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions(CoreJson.Options)
        {
            UnmappedMemberHandling = unknown,
            AllowDuplicateProperties = false,
            RespectRequiredConstructorParameters = true,
        };
        options.MakeReadOnly();
        return options;
    }
}
