using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Hosting;

/// <summary>Stands for parts of the employee sync that a host was not given: whoever needs one is told so, and everything else works.</summary>
internal sealed class MissingParts : IHostDirectory, IInvitationStore, IInvitationSender, IPictureStore
{
    public IDirectory For(TenantId tenant) => throw new DirectoryException(
        "not-connected", "The settings name no directory.", "Save the employee settings with \"directory\": { \"kind\": \"scim\", \"address\": … }.", retryHelps: false);

    public Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation) => throw Missing();

    public Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => throw Missing();

    public Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation) => throw Missing();

    public Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation) => throw Missing();

    public Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation) => throw Missing();

    public Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation) => throw Missing();

    public Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => throw Missing();

    public Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation) => throw Missing();

    public Task<MailOutcome> SendAsync(MailServer server, InvitationMail mail, CancellationToken cancellation) => throw Missing();

    public Task<ConnectionCheck> TestAsync(MailServer server, CancellationToken cancellation) => Task.FromResult(new ConnectionCheck
    {
        Subject = "mail",
        Passed = false,
        Cause = "This host sends no e-mail.",
        Remedy = "Choose \"manually\" for the invitations and leave the mail server out.",
    });

    public Task WriteAsync(TenantId tenant, Picture picture, CancellationToken cancellation) => throw Missing();

    public Task<Picture?> ReadAsync(TenantId tenant, string hash, CancellationToken cancellation) => Task.FromResult<Picture?>(null);

    private static DirectoryException Missing() => new(
        "host-incomplete", "This host keeps no invitations and pictures.", "Use a host that was built with them.", retryHelps: false);
}
