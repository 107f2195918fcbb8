using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>Invitations in memory.</summary>
internal sealed class MemoryInvitationStore : IInvitationStore
{
    private readonly SortedDictionary<CrmId, Invitation> _invitations = [];

    public Action<string> Effect { get; set; } = _ => { };

    public IReadOnlyCollection<Invitation> All => _invitations.Values;

    public Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation)
    {
        Effect("invitation add begins");
        _invitations.TryAdd(invitation.Employee, invitation);
        Effect("invitation add done");
        return Task.CompletedTask;
    }

    public Task ReaddressAsync(TenantId tenant, CrmId employee, string email, string name, CancellationToken cancellation) => Change(
        employee, invitation => invitation.State is InvitationState.Waiting or InvitationState.Due or InvitationState.Refused,
        invitation => invitation with { Email = email, Name = name });

    public Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => Change(
        employee, invitation => invitation.State is InvitationState.Waiting or InvitationState.Refused,
        invitation => invitation with { State = InvitationState.Due });

    public Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation) => Change(
        employee, invitation => invitation.State == InvitationState.Due,
        invitation => invitation with { State = InvitationState.Sending, TokenHash = tokenHash, At = at });

    public Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation) => Change(
        employee, invitation => invitation.State == InvitationState.Sending,
        invitation => invitation with { State = error is null ? InvitationState.Sent : InvitationState.Refused, At = at, Error = error });

    public Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation) => Change(
        employee, invitation => invitation.State == InvitationState.Sending && invitation.At < begunBefore,
        invitation => invitation with { State = InvitationState.Due, TokenHash = null });

    public async Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation)
    {
        var found = _invitations.Values.FirstOrDefault(invitation =>
            invitation.TokenHash == tokenHash && invitation.State is InvitationState.Sent or InvitationState.Sending);
        return found is not null && await Change(found.Employee, _ => true, invitation => invitation with { State = InvitationState.Redeemed, At = at }) ? found : null;
    }

    public Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) => Task.FromResult(_invitations.GetValueOrDefault(employee));

    public Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Invitation>>([.. _invitations.Values]);

    private Task<bool> Change(CrmId employee, Func<Invitation, bool> may, Func<Invitation, Invitation> change)
    {
        if (!_invitations.TryGetValue(employee, out var invitation) || !may(invitation))
        {
            return Task.FromResult(false);
        }

        Effect($"invitation {invitation.State} begins");
        _invitations[employee] = change(invitation);
        Effect($"invitation {invitation.State} done");
        return Task.FromResult(true);
    }
}

/// <summary>A mail server in memory.</summary>
internal sealed class MemorySender : IInvitationSender
{
    public Action<string> Effect { get; set; } = _ => { };

    public List<InvitationMail> Sent { get; } = [];

    public List<MailServer> Servers { get; } = [];

    public Func<InvitationMail, MailOutcome> Answer { get; set; } = _ => new MailOutcome(MailFate.Accepted);

    public ConnectionCheck Check { get; set; } = new() { Subject = "mail", Passed = true };

    public Task<MailOutcome> SendAsync(MailServer server, InvitationMail mail, CancellationToken cancellation)
    {
        Effect("mail begins");
        var outcome = Answer(mail);
        Servers.Add(server);
        if (outcome.Fate is MailFate.Accepted or MailFate.Unknown)
        {
            Sent.Add(mail);
        }

        Effect("mail done");
        return Task.FromResult(outcome);
    }

    public Task<ConnectionCheck> TestAsync(MailServer server, CancellationToken cancellation)
    {
        Servers.Add(server);
        return Task.FromResult(Check);
    }
}

/// <summary>Pictures in memory.</summary>
internal sealed class MemoryPictureStore : IPictureStore
{
    public Action<string> Effect { get; set; } = _ => { };

    public Dictionary<(TenantId Tenant, string Hash), Picture> Pictures { get; } = [];

    public Task WriteAsync(TenantId tenant, Picture picture, CancellationToken cancellation)
    {
        Effect("picture store begins");
        Pictures.TryAdd((tenant, picture.Hash), picture);
        Effect("picture store done");
        return Task.CompletedTask;
    }

    public Task<Picture?> ReadAsync(TenantId tenant, string hash, CancellationToken cancellation) => Task.FromResult(Pictures.GetValueOrDefault((tenant, hash)));
}

/// <summary>Backups in memory.</summary>
internal sealed class MemoryBackups : IBackupStore
{
    public Action<string> Effect { get; set; } = _ => { };

    public Dictionary<(RunId Run, BackupName Name), IReadOnlyList<BackupRecord>> Records { get; } = [];

    public Task WriteAsync(TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation)
    {
        Effect("backup begins");
        Records.TryAdd((run, name), records);
        Effect("backup done");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        Records.Where(pair => pair.Key.Run == run).SelectMany(pair => pair.Value).ToAsyncEnumerable();
}
