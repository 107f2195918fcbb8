using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace CrmSync.Scim.Client;

/// <summary>What became of a call: an answer or a fault, never both.</summary>
internal sealed class ScimAnswer
{
    private ScimAnswer(int status, JsonNode? body, string? version, Fault? fault) => (Status, Body, Version, Fault) = (status, body, version, fault);

    /// <summary>The HTTP status of an answer.</summary>
    public int Status { get; }

    /// <summary>What came with it; null for nothing.</summary>
    public JsonNode? Body { get; }

    /// <summary>The version that its header names; null for none.</summary>
    public string? Version { get; }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public Fault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Fault is null;

    /// <summary>The body where it is an object.</summary>
    public JsonObject? Object => Body as JsonObject;

    public static ScimAnswer Of(int status, JsonNode? body, string? version) => new(status, body, version, null);

    public static implicit operator ScimAnswer(Fault fault) => new(fault.Status ?? 0, null, null, fault);

    /// <summary>The answer itself, or the fault as an exception.</summary>
    public ScimAnswer OrThrow() => Fault is null ? this : throw Fault.ToException();
}
