using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows.Employees;

namespace CrmSync.Core.Employees;

/// <summary>"Test integration" (EM-2): each thing that the sync needs by itself, with the permission that is missing and the remedy. Saves nothing.</summary>
internal sealed class EmployeeIntegration(ISystems systems, IInvitationSender mail, PictureAddresses addresses)
{
    private const string Photos = "photos";

    public async Task<ConnectionTestReport> TestAsync(TenantId tenant, CompleteEmployees complete, CancellationToken cancellation)
    {
        var connection = ConnectionAsync(tenant, complete, cancellation);
        var directory = DirectoryAsync(tenant, complete, cancellation);
        var post = complete.Server is { } server ? mail.TestAsync(server, cancellation) : null;
        return new ConnectionTestReport(
        [
            .. await connection.ConfigureAwait(false), .. await directory.ConfigureAwait(false),
            .. post is null ? [] : new[] { await post.ConfigureAwait(false) },
        ]);
    }

    // The sync reads members and their photos, and nothing else: that an import could not read companies is none of its business.
    private async Task<IEnumerable<ConnectionCheck>> ConnectionAsync(TenantId tenant, CompleteEmployees complete, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var report = await connectWise.TestAsync(cancellation).ConfigureAwait(false);
        var checks = report.Checks.Where(check =>
            !check.Subject.Contains('/', StringComparison.Ordinal) || check.Subject.StartsWith("system/members", StringComparison.Ordinal)).ToList();
        return checks.TrueForAll(check => check.Passed) && await TakesPicturesAsync(tenant, complete, cancellation).ConfigureAwait(false)
            ? checks.Append(await PhotosAsync(connectWise, cancellation).ConfigureAwait(false)) : checks;
    }

    private async Task<bool> TakesPicturesAsync(TenantId tenant, CompleteEmployees complete, CancellationToken cancellation)
    {
        try
        {
            var capabilities = await complete.Open(systems, tenant).DescribeAsync(cancellation).ConfigureAwait(false);
            return EmployeeObserving.ContextOf(complete.Settings, "", capabilities, addresses).TakesPictures;
        }
        catch (DirectoryException)
        {
            // Told by the directory's own test.
            return false;
        }
    }

    // Whether somebody has a photo does not matter: without the permission, the question itself is refused.
    private static async Task<ConnectionCheck> PhotosAsync(IConnectWise connectWise, CancellationToken cancellation)
    {
        try
        {
            var pages = connectWise.ReadPagesAsync(Entity.Employee, new IdRange(0, null), [FieldKeys.Identifier], null, cancellation);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                using var received = page;
                if (page.Ids is [var member, ..])
                {
                    await connectWise.ReadMemberPhotoAsync(new ConnectWiseId(member), cancellation).ConfigureAwait(false);
                    break;
                }
            }

            return new ConnectionCheck { Subject = Photos, Passed = true };
        }
        catch (ConnectWiseException exception)
        {
            return new ConnectionCheck { Subject = Photos, Passed = false, Cause = exception.Message, Remedy = exception.Remedy };
        }
    }

    private async Task<IEnumerable<ConnectionCheck>> DirectoryAsync(TenantId tenant, CompleteEmployees complete, CancellationToken cancellation)
    {
        try
        {
            return (await complete.Open(systems, tenant).TestAsync(cancellation).ConfigureAwait(false)).Checks;
        }
        catch (DirectoryException exception)
        {
            return [new ConnectionCheck { Subject = "directory", Passed = false, Cause = exception.Message, Remedy = exception.Remedy }];
        }
    }
}
