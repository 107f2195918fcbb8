using System.Diagnostics;
using System.Globalization;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Benchmarks;

/// <summary>
/// The first sync of a directory and a full reading of it, against what the server itself needs: a bare HttpClient that sends the very same creates and asks
/// for the very same pages, with the same concurrency, in the same run. Which of the two goes first changes from run to run.
/// </summary>
internal static class DirectoryBenchmark
{
    private const int Concurrency = 4;
    private const int PageSize = 200;

    public static async Task RunAsync(int employees, int runs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Directory of {employees:N0} employees in scimmy, {Concurrency} writes at once"));
        List<double> creates = [], reads = [], creating = [], reading = [], requests = [], readings = [];
        for (var run = 0; run < runs; run++)
        {
            var (floor, ours) = run % 2 == 0
                ? (await FloorAsync(employees), await OursAsync(employees))
                : (await OursAsync(employees), await FloorAsync(employees)) switch { var (second, first) => (first, second) };
            if (floor is null || ours is null)
            {
                Console.WriteLine("scimmy is not installed: npm ci in tests/CrmSync.Directory.Scim.Tests/node");
                return;
            }

            creating.Add(ours.CreateSeconds);
            reading.Add(ours.ReadSeconds);
            creates.Add(ours.CreateSeconds / floor.CreateSeconds);
            reads.Add(ours.ReadSeconds / floor.ReadSeconds);
            requests.Add((double)ours.CreateRequests / employees);
            readings.Add((double)ours.ReadRequests / floor.ReadRequests);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  run {run + 1}: creates {ours.CreateSeconds:0.0} s, bare {floor.CreateSeconds:0.0} s; reading {ours.ReadSeconds:0.0}, {floor.ReadSeconds:0.0}"));
        }

        Statistics.Print("seconds, first sync's reading and creates", creating, "");
        Statistics.Print("    first sync's reading and creates ÷ floor", creates, "≤ 1.3");
        Statistics.Print("    requests a created employee", requests, "");
        Statistics.Print("seconds, full reading", reading, "");
        Statistics.Print("    full reading ÷ floor", reads, "≤ 1.3");
        Statistics.Print("    requests of the full reading ÷ floor's", readings, "");
    }

    private static async Task<DirectoryMeasure?> FloorAsync(int employees)
    {
        await using var server = await DirectoryServer.StartAsync();
        if (server is null)
        {
            return null;
        }

        using var floor = new DirectoryFloor(server.Address, PageSize);
        var clock = Stopwatch.StartNew();
        await floor.CreateAsync(employees, Concurrency);
        var (created, count) = (clock.Elapsed, floor.Requests);
        clock.Restart();
        var read = await floor.ReadAsync();
        return read == employees ? new DirectoryMeasure(created.TotalSeconds, count, clock.Elapsed.TotalSeconds, floor.Requests - count)
            : throw new InvalidOperationException($"{read} users were read.");
    }

    /// <summary>As a run does it: the directory is read once, the creates follow in batches.</summary>
    private static async Task<DirectoryMeasure?> OursAsync(int employees)
    {
        await using var server = await DirectoryServer.StartAsync();
        if (server is null)
        {
            return null;
        }

        using var handler = new CountingHandler();
        var connection = new ScimConnection
        {
            Settings = new DirectorySettings { Kind = DirectoryKind.Scim, Address = server.Address.ToString() },
            Token = DirectoryServer.Token,
            Concurrency = Concurrency,
        };
        using var directory = new ScimDirectory(connection, TimeProvider.System, NullLogger<ScimDirectory>.Instance, handler);
        var clock = Stopwatch.StartNew();
        var able = await directory.DescribeAsync(CancellationToken.None);
        await ReadAsync(directory);
        foreach (var batch in Enumerable.Range(0, employees).Chunk(able.BatchSize))
        {
            var results = await directory.WriteAsync([.. batch.Select(Write)], CancellationToken.None);
            if (results.FirstOrDefault(result => !result.Created) is { } refused)
            {
                throw new InvalidOperationException(refused.Error?.Message);
            }
        }

        var (created, count) = (clock.Elapsed, handler.Requests);
        using var another = new ScimDirectory(connection, TimeProvider.System, NullLogger<ScimDirectory>.Instance, handler);
        clock.Restart();
        var read = await ReadAsync(another);
        return read == employees ? new DirectoryMeasure(created.TotalSeconds, count, clock.Elapsed.TotalSeconds, handler.Requests - count)
            : throw new InvalidOperationException($"{read} employees were read.");
    }

    private static async Task<int> ReadAsync(ScimDirectory directory)
    {
        var count = 0;
        await foreach (var _ in directory.ReadAllAsync(CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static CrmWrite Write(int i) => new()
    {
        ExternalKey = string.Create(CultureInfo.InvariantCulture, $"cw:acme:user:{i}"),
        Fields = new()
        {
            [FieldKeys.FirstName] = "Jane",
            [FieldKeys.LastName] = string.Create(CultureInfo.InvariantCulture, $"Doe {i}"),
            [FieldKeys.Email] = string.Create(CultureInfo.InvariantCulture, $"user{i}@example.org"),
            [FieldKeys.EmployeeIds] = string.Create(CultureInfo.InvariantCulture, $"User{i}\nuser{i}@example.org"),
            [FieldKeys.Location] = "Tampa Office",
            [FieldKeys.Team] = "Help Desk",
            [FieldKeys.Position] = "Engineer",
            [FieldKeys.Active] = "true",
        },
    };
}

/// <summary>What one side needed.</summary>
internal sealed record DirectoryMeasure(double CreateSeconds, int CreateRequests, double ReadSeconds, int ReadRequests);

/// <summary>Counts requests.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private int _requests;

    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return base.SendAsync(request, cancellationToken);
    }
}
