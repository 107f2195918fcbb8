using CrmSync.Api.Access;
using CrmSync.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.OpenApi;

/// <summary>The body that a route reads by itself, for its description.</summary>
/// <param name="Types">The shapes that it may have.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record BodyDescription(IReadOnlyList<Type> Types, bool Required);

/// <summary>Describes routes and guards them, in the same few words.</summary>
internal static class RouteDescription
{
    /// <summary>Names the route, says who may use it, and adds the answers that follow from that.</summary>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder route, Audience audience, string tag, string name, string summary)
    {
        route.WithName(name).WithSummary(summary).WithTags(tag).WithMetadata(audience).AddEndpointFilter(new GateFilter(audience));
        return audience switch
        {
            Audience.Everyone => route,
            Audience.Tenant => route.Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound),
            Audience.Operator => route.Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound),
        };
    }

    /// <summary>The body, and the answers to a wrong one.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, bool required, params Type[] types) => route
        .WithMetadata(new BodyDescription(types, required))
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The body of one shape that must be there.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) => route.Takes(required: true, typeof(T));

    /// <summary>The answer of a call that went well.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status, "application/json");

    /// <summary>The statuses with which it may be refused, each with a problem document.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemDocument>(status, ProblemDocument.MediaType);
        }

        return route;
    }

    /// <summary>The answers of a route that asks ConnectWise or the CRM.</summary>
    public static RouteHandlerBuilder AsksSide(this RouteHandlerBuilder route) =>
        route.Refuses(StatusCodes.Status502BadGateway, StatusCodes.Status503ServiceUnavailable);
}
