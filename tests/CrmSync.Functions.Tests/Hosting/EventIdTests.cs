using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Tests.Hosting;

/// <summary>An event's id tells what it is: within a host no two share one, but for the same event in the same words.</summary>
public sealed class EventIdTests
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Events_OfAllThatAHostLoads_HaveIdsOfTheirOwn()
    {
        var events = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.StartsWith("crmsync", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name!).GetTypes()).SelectMany(type => type.GetMethods(Any))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToList();

        Assert.True(events.Count > 20, $"Only {events.Count} events were found.");
        Assert.Empty(events.GroupBy(one => one.EventId).Where(same => same.DistinctBy(one => one.Message).Skip(1).Any()).Select(same => same.Key));
    }
}
