using System.Text;
using System.Text.Json;
using CrmSync.Simulator.Conditions;
using CrmSync.Simulator.Lists;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Http;

/// <summary>Answers from any source of records: a page, a count, one record.</summary>
internal sealed class ListAnswers(BufferPool buffers)
{
    /// <param name="request">The request.</param>
    /// <param name="source">Where the records are.</param>
    /// <param name="within">A range of ids that the path itself names, such as the pairs of one company.</param>
    public ApiAnswer List(ApiRequest request, RecordSource source, (int Least, int Most)? within = null) => Guarded(() =>
    {
        if (request.ReadListParameters() is (null, { } refusal))
        {
            return refusal;
        }

        var parameters = request.ReadListParameters().Parameters!;
        var query = Limited(parameters.Bind(source.Definition), within);
        var projection = Project(source, parameters.Fields);
        var page = ListReader.Read(source, query);
        var buffer = buffers.Rent();
        using var json = new Utf8JsonWriter(buffer, JsonOptions.Writer);
        WriteRecords(json, request.ApiRoot, source, page.Keys, projection);
        json.Flush();
        return new ApiAnswer(200, ApiAnswer.Json, buffer.WrittenMemory) { Rented = buffer, Link = PageLinks.For(request, query, page) };
    });

    public static ApiAnswer Count(ApiRequest request, RecordSource source, (int Least, int Most)? within = null) => Guarded(() =>
    {
        if (request.ReadListParameters() is (null, { } refusal))
        {
            return refusal;
        }

        var query = Limited((request.ReadListParameters().Parameters! with { IsForwardOnly = false }).Bind(source.Definition), within);
        return ApiAnswer.Text(200, $"{{\"count\":{ListReader.Count(source, query)}}}", ApiAnswer.Json);
    });

    public ApiAnswer One(ApiRequest request, RecordSource source, int id) => Guarded(() =>
    {
        if (!source.TryFind(id, out var key))
        {
            return ApiAnswer.NotFound(source.Definition.Title, id);
        }

        var projection = Project(source, request.ReadListParameters().Parameters?.Fields);
        var buffer = buffers.Rent();
        using var json = new Utf8JsonWriter(buffer, JsonOptions.Writer);
        new RecordWriter(json, Encoding.UTF8.GetBytes(request.ApiRoot)).Write(source, key, projection);
        json.Flush();
        return new ApiAnswer(200, ApiAnswer.Json, buffer.WrittenMemory) { Rented = buffer };
    });

    /// <summary>The records as a JSON array.</summary>
    public static void WriteRecords(Utf8JsonWriter json, string apiRoot, RecordSource source, IReadOnlyList<RecordKey> keys, Projection projection)
    {
        var writer = new RecordWriter(json, Encoding.UTF8.GetBytes(apiRoot));
        json.WriteStartArray();
        foreach (var key in keys)
        {
            writer.Write(source, key, projection);
        }

        json.WriteEndArray();
    }

    /// <summary>What <c>fields</c> asks for, or everything.</summary>
    /// <exception cref="UnknownFieldException">A name is not one of the record's.</exception>
    public static Projection Project(RecordSource source, string? fields) => string.IsNullOrWhiteSpace(fields)
        ? source.Definition.Whole
        : Projection.Of(source.Definition.Fields, fields);

    private static ListQuery Limited(ListQuery query, (int Least, int Most)? within) => within is not { } range
        ? query
        : query with { Seek = query.Seek with { Least = Math.Max(query.Seek.Least, range.Least), Most = Math.Min(query.Seek.Most, range.Most) } };

    private static ApiAnswer Guarded(Func<ApiAnswer> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception refused) when (refused is ConditionException or UnknownFieldException)
        {
            return ApiAnswer.Error(400, "ApiFindCondition", refused.Message);
        }
    }
}
