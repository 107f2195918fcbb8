using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Mail.Tests.Support;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Support;

/// <summary>A people platform: a SCIM directory, and the mail server through which it invites.</summary>
internal sealed class EmployeeSide : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _invited = new();
    private readonly Witness _mail;
    private readonly Task _listening;

    private EmployeeSide(ScimServer directory, Witness mail)
    {
        (Directory, _mail) = (directory, mail);
        _listening = mail.ListenAsync(told =>
        {
            if ((string)told["event"]! == "mail")
            {
                _invited.Enqueue((string)told["recipients"]![0]!);
            }
        });
    }

    public ScimServer Directory { get; }

    public static async Task<EmployeeSide> StartAsync() => new(await ScimServer.StartAsync(ScimServerOptions.Strict), await Witness.StartAsync());

    /// <summary>Saves a tenant's settings, tests them and enables the sync: every member becomes an employee, and is invited.</summary>
    public async Task EnableAsync(TenantClient tenant)
    {
        var form = new EmployeeForm
        {
            Settings = new EmployeeSettings
            {
                Status = MemberStatus.All,
                MemberTypes = null,
                Invitations = InvitationMode.Automatically,
                Directory = new DirectorySettings { Kind = DirectoryKind.Scim, Address = Directory.Address.ToString() },
                Mail = _mail.Server().Settings,
            },
            DirectoryToken = ScimServer.Token,
        };
        await tenant.Employees.SaveAsync(form, CancellationToken.None);
        var test = await tenant.Employees.TestAsync(null, CancellationToken.None);
        Assert.True(test.Passed, string.Join('\n', test.Checks));
        await tenant.Employees.SaveAsync(form with { Settings = form.Settings with { Enabled = true } }, CancellationToken.None);
    }

    /// <summary>Waits until so many invitations have arrived.</summary>
    public async Task InvitedAsync(int count)
    {
        while (_invited.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>Waits until there are so many employees.</summary>
    public async Task CreatedAsync(int count)
    {
        while (Directory.Store.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>The employees as the directory keeps them, but for what it gives by itself.</summary>
    public IReadOnlyList<string> Employees()
    {
        lock (Directory.Store.Lock)
        {
            return [.. Directory.Store.Search().Select(Text).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>To whom an invitation came, every one of them. Ends the mail server.</summary>
    public async Task<IReadOnlyList<string>> InvitedAsync()
    {
        _mail.Close();
        await _listening;
        return [.. _invited.Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Directory.DisposeAsync();
        await _mail.DisposeAsync();
    }

    private static string Text(JsonObject user)
    {
        var copy = user.DeepClone().AsObject();
        copy.Remove("id");
        copy.Remove("meta");
        return copy.ToJsonString();
    }
}
