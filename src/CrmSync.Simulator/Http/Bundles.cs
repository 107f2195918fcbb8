using System.Text.Json;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Lists;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Http;

/// <summary>
/// <c>/system/bundles</c>: several reads in one request. Resource types are the lists' names in <see cref="Routes"/>, and
/// <c>opportunityforecast</c> and <c>opportunitynote</c> with the opportunity as <c>parentId</c>.
/// </summary>
internal sealed class Bundles(AccountModel model, ChildLists children, SimulatorSwitches switches, int largest, BufferPool buffers)
{
    private readonly Dictionary<string, ListRoute> _lists = Routes.Lists.ToDictionary(r => r.BundleName, StringComparer.OrdinalIgnoreCase);

    public ApiAnswer Answer(ApiRequest request)
    {
        if (!switches.HasBundles)
        {
            return ApiAnswer.NoEndpoint();
        }

        BundleRequest[]? requests;
        try
        {
            requests = JsonSerializer.Deserialize<BundleRequests>(request.Body.Span, BundleRequests.Json)?.Requests;
        }
        catch (JsonException wrong)
        {
            return ApiAnswer.Error(400, "ConnectWiseApi", wrong.Message);
        }

        if (requests is null)
        {
            return ApiAnswer.Invalid("requests", "MissingRequiredField", "The requests field is required.");
        }

        if (requests.Length > largest)
        {
            return ApiAnswer.Invalid("requests", "OutOfRange", $"The field requests must hold between 1 and {largest} requests.");
        }

        var buffer = buffers.Rent();
        using var json = new Utf8JsonWriter(buffer, JsonOptions.Writer);
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var one in requests)
        {
            Write(json, request.ApiRoot, one);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return new ApiAnswer(201, ApiAnswer.Json, buffer.WrittenMemory) { Rented = buffer };
    }

    private void Write(Utf8JsonWriter json, string apiRoot, BundleRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("sequenceNumber", request.SequenceNumber);
        json.WriteString("resourceType", request.ResourceType);
        try
        {
            var (source, keys, total) = Read(request);
            var projection = ListAnswers.Project(source, request.ApiRequest?.Fields);
            json.WriteBoolean("success", true);
            json.WriteNumber("statusCode", 200);
            json.WriteNumber("count", total);
            json.WritePropertyName("entities");
            ListAnswers.WriteRecords(json, apiRoot, source, keys, projection);
        }
        catch (BundleRefusal refusal)
        {
            WriteError(json, refusal.Status, refusal.Code, refusal.Message);
        }
        catch (Exception refused) when (refused is ConditionException or UnknownFieldException)
        {
            WriteError(json, 400, "ApiFindCondition", refused.Message);
        }

        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, int status, string code, string message)
    {
        json.WriteBoolean("success", false);
        json.WriteNumber("statusCode", status);
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    private (RecordSource Source, IReadOnlyList<RecordKey> Keys, int Total) Read(BundleRequest request)
    {
        var asked = request.ApiRequest ?? new BundledRead();
        var source = Source(request.ResourceType ?? "", asked.ParentId);
        if (asked.Id is { } id and > 0)
        {
            return source.TryFind(id, out var key)
                ? (source, [key], 1)
                : throw new BundleRefusal(404, "NotFound", $"{source.Definition.Title} {id} not found");
        }

        var query = asked.Parameters().Bind(source.Definition);
        var page = ListReader.Read(source, query);
        return (source, page.Keys, page.Keys.Count);
    }

    private RecordSource Source(string resourceType, int? parent)
    {
        if (_lists.TryGetValue(resourceType, out var route))
        {
            return switches.IsDenied(route.Permission) ? throw BundleRefusal.Forbidden() : model[route.List];
        }

        Func<RecordKey, RecordSource> open = resourceType.ToUpperInvariant() switch
        {
            "OPPORTUNITYFORECAST" => children.Forecast,
            "OPPORTUNITYNOTE" => children.Notes,
            _ => throw new BundleRefusal(404, "ConnectWiseApi", "The endpoint does not exist."),
        };
        if (switches.IsDenied(PermissionLines.Opportunity))
        {
            throw BundleRefusal.Forbidden();
        }

        return model[SimulatedList.Opportunity].TryFind(parent ?? 0, out var key)
            ? open(key)
            : throw new BundleRefusal(404, "NotFound", $"Opportunity {parent ?? 0} not found");
    }

    private sealed class BundleRefusal(int status, string code, string message) : Exception(message)
    {
        public int Status => status;

        public string Code => code;

        public static BundleRefusal Forbidden() => new(403, "Security", "You do not have security permission to perform this action.");
    }
}
