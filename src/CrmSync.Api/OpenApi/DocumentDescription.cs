using System.Text.Json.Nodes;
using CrmSync.Api.Access;
using CrmSync.Api.Problems;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrmSync.Api.OpenApi;

/// <summary>Completes the description that the framework makes of the routes: bodies, keys, problems, and the product's own kinds of value.</summary>
internal static class DocumentDescription
{
    private const string KeyScheme = "key";
    private const string FunctionsKeyScheme = "functionsKey";

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["tenant"] = "The tenant's id.",
        ["step"] = "connection, users, companies, contacts, solutions, activities or opportunities.",
        ["entity"] = "users, companies, contacts, solutions, activities, opportunities or employees.",
        ["run"] = "The run's id.",
        ["id"] = "The record's or key's id.",
        ["stage"] = "Only this stage: companies, contacts, solutions, activities, opportunities or employees.",
        ["outcome"] = "Only this outcome: created, updated, linked, unchanged, skipped, review or failed.",
        ["reason"] = "Only this reason, by its code.",
        ["side"] = "The side on which the id stands: connectwise (as without it) or crm.",
        ["hash"] = "The picture's hash.",
        ["signature"] = "The signature that stands in the picture's address.",
        ["state"] = "Only this state: waiting, due, sending, sent, refused or redeemed.",
        ["search"] = "Only records that hold this text, without case.",
        ["after"] = "Only links of ConnectWise ids above this one.",
        ["continuation"] = "The continuation that the page before gave.",
        ["limit"] = "Most items on the page, 1 to 1000; 100 without it.",
    };

    private static readonly Type[] StepShapes =
    [
        typeof(ConnectionSettings), typeof(UsersSettings), typeof(CompaniesSettings), typeof(ContactsSettings), typeof(SolutionsSettings),
        typeof(ActivitiesSettings),
        typeof(OpportunitiesSettings),
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeOperationAsync);
        options.AddSchemaTransformer(SchemaDescription.DescribeAsync);
    }

    private static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo { Title = "CrmSync", Version = "1", Description = "Keeps ConnectWise PSA and a CRM in step." };

        // The address is the one it was asked at; a name written here would be wrong behind every proxy.
        document.Servers = [];
        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        components.SecuritySchemes[FunctionsKeyScheme] =
            new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = Gate.FunctionsKeyHeader };

        // A step is shown in the shape in which it is saved; only the connection is shown without its key.
        document.AddComponent(
            nameof(ConnectionSettings), await context.GetOrCreateSchemaAsync(typeof(ConnectionSettings), null, cancellation).ConfigureAwait(false));
        if (components.Schemas?[nameof(StepView)].Properties?["settings"] is OpenApiSchema settings)
        {
            settings.AnyOf = [.. StepShapes.Select(type => new OpenApiSchemaReference(type.Name, document))];
        }
    }

    private static async Task DescribeOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Audience>().First() != Audience.Everyone)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(FunctionsKeyScheme, context.Document)] = [] },
            ];
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description = Parameters[parameter.Name!];
            if (parameter.Name == "limit")
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "1000", Default = JsonValue.Create(100) };
            }
        }

        if (metadata.OfType<BodyDescription>().FirstOrDefault() is { } body)
        {
            var shapes = new List<IOpenApiSchema>();
            foreach (var type in body.Types)
            {
                context.Document!.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellation).ConfigureAwait(false));
                shapes.Add(new OpenApiSchemaReference(type.Name, context.Document));
            }

            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.Required,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = shapes.Count == 1 ? shapes[0] : new OpenApiSchema { AnyOf = shapes } },
                },
            };
        }

        if (context.Document!.Components?.Schemas?.ContainsKey(nameof(ProblemDocument)) != true)
        {
            context.Document.AddComponent(
                nameof(ProblemDocument), await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, cancellation).ConfigureAwait(false));
        }

        operation.Responses ??= [];
        operation.Responses["500"] = new OpenApiResponse
        {
            Description = "Something went wrong inside.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ProblemDocument.MediaType] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDocument), context.Document) },
            },
        };
    }
}
