using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation.Employees;

/// <summary>A directory over a bad line, which shows every write to an oracle before it is lost or done.</summary>
internal sealed class SimulatedDirectory(MemoryDirectory directory, Chance chance, Effects effects) : IDirectory
{
    /// <summary>Called for every write that arrived, with the employee as it was and as it is.</summary>
    public Action<CrmWrite, CrmRecord?, CrmRecord?> Written { get; set; } = (_, _, _) => { };

    public Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation) => directory.DescribeAsync(cancellation);

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => directory.TestAsync(cancellation);

    public Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation) => directory.ReadProfilesAsync(cancellation);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(CancellationToken cancellation)
    {
        effects.Boundary("directory read");
        return chance.Happens(chance.Lost) ? throw Lost() : directory.ReadAllAsync(cancellation);
    }

    public Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation) =>
        chance.Happens(chance.Lost) ? throw Lost() : directory.FindAsync(id, cancellation);

    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation) =>
        directory.FindCandidatesAsync(keys, cancellation);

    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        effects.Crashpoint("directory write");
        if (chance.Happens(chance.Lost))
        {
            throw Lost();
        }

        var results = new List<CrmWriteResult>();
        foreach (var write in writes)
        {
            results.Add(chance.Happens(chance.Refused)
                ? new CrmWriteResult { Error = new CrmError("refused", "Not today.", RetryHelps: true) } : await WriteAsync(write, cancellation));
        }

        effects.Boundary("directory written");
        return chance.Happens(chance.LostAnswer) ? throw Lost() : results;
    }

    public Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation) =>
        throw new NotSupportedException("This directory has no pictures.");

    private async Task<CrmWriteResult> WriteAsync(CrmWrite write, CancellationToken cancellation)
    {
        var before = write.Id is { } id ? await directory.FindAsync(id, cancellation)
            : directory.Employees.FirstOrDefault(employee => write.ExternalKey is not null && employee.ExternalKey == write.ExternalKey);
        var result = (await directory.WriteAsync([write], cancellation))[0];
        Written(write, before, result.Id is { } written ? await directory.FindAsync(written, cancellation) : null);
        effects.Note($"{result.Id} {CoreJson.Serialize(write.Fields)}");
        return result;
    }

    private static DirectoryException Lost() => new("unreachable", "The line is bad.", "Ask again.", retryHelps: true);
}
