using System.Reflection;
using CrmSync.Api;
using CrmSync.Api.Access;
using CrmSync.Functions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace CrmSync.Functions.Tests.Http;

/// <summary>Every route of the API has a trigger that takes its requests, and no trigger waits for what no route answers (AX-1, AX-3).</summary>
public sealed class RouteTests
{
    // Everyone's in Standalone; here it is behind the host's key, as all that the platform itself or a stranger need not call.
    private const string BehindAKey = "api/openapi.json";

    private static readonly IReadOnlyList<Trigger> Triggers =
    [
        .. typeof(ServiceTriggers).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            .Select(trigger => new Trigger(trigger)),
    ];

    private static readonly IReadOnlyList<RouteEndpoint> Routes = MapApi();

    [Fact]
    public void Route_OfTheApi_HasATriggerThatAsksForAKeyWhereTheRouteDoes()
    {
        Assert.True(Routes.Count > 30, $"Only {Routes.Count} routes were found.");
        Assert.All(Routes, route =>
        {
            var takers = Triggers.Where(trigger => trigger.Takes(route)).ToList();
            Assert.True(takers.Count > 0, $"No trigger takes {PathOf(route)}.");
            var open = route.Metadata.OfType<Audience>().Single() == Audience.Everyone && PathOf(route) != BehindAKey;
            Assert.All(takers, trigger => Assert.Equal((PathOf(route), open), (PathOf(route), trigger.IsOpen)));
        });
    }

    [Fact]
    public void Trigger_OfTheApp_TakesEveryMethodOfARouteOfTheApi() =>
        Assert.All(Triggers, trigger =>
        {
            Assert.Empty(trigger.Methods);
            Assert.Contains(Routes, trigger.Takes);
        });

    private static IReadOnlyList<RouteEndpoint> MapApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCrmSyncApi();
        var app = builder.Build();
        app.MapCrmSync();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    // What a request for the route looks like: each parameter has some value.
    private static string PathOf(RouteEndpoint route) => string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        segment.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "x"));

    private sealed class Trigger(HttpTriggerAttribute trigger)
    {
        private readonly TemplateMatcher _matcher = new(TemplateParser.Parse($"api/{trigger.Route}"), []);

        public IReadOnlyList<string> Methods => trigger.Methods ?? [];

        public bool IsOpen => trigger.AuthLevel == AuthorizationLevel.Anonymous;

        public bool Takes(RouteEndpoint route) => _matcher.TryMatch(new PathString($"/{PathOf(route)}"), []);

        public override string ToString() => trigger.Route!;
    }
}
