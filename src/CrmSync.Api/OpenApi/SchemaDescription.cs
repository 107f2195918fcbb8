using System.Text.Json.Serialization.Metadata;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrmSync.Api.OpenApi;

/// <summary>Describes values as the API reads and writes them where the framework cannot know it.</summary>
internal static class SchemaDescription
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (IdOf(type) is { } id)
        {
            schema.Type = id.Type;
            schema.Format = id.Format;
        }
        else if (type == typeof(FieldValues))
        {
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
            schema.Description = "Fields by their keys, as canonical texts; null is blank.";
        }
        else if (type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal))
        {
            // The framework's web defaults would take numbers in quotes; this API does not.
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        else if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && IdOf(element) is { } item)
        {
            schema.Items = item;
        }

        // What may be null may be left out, and is left out of answers.
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => !property.IsRequired && property.AssociatedParameter?.IsNullable == true))
        {
            schema.Required?.Remove(property.Name);
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema? IdOf(Type type) =>
        type == typeof(TenantId) || type == typeof(RunId) || type == typeof(CrmId) ? new OpenApiSchema { Type = JsonSchemaType.String }
        : type == typeof(ConnectWiseId) ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }
        : null;
}
