using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Mail.Tests.Support;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Support;

/// <summary>A people platform: a SCIM directory, and the mail server through which it invites.</summary>
internal sealed class EmployeeSide : IAsyncDisposable
{
    private readonly List<JsonNode> _mails = [];
    private readonly Witness _mail;

    private EmployeeSide(ScimServer directory, Witness mail) => (Directory, _mail) = (directory, mail);

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
                Profile = "Employee",
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

    /// <summary>Waits until so many more invitations have arrived.</summary>
    public async Task InvitedAsync(int count)
    {
        for (; count > 0; count--)
        {
            _mails.Add(await _mail.NextAsync("mail"));
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
        _mails.AddRange((await _mail.EndAsync()).Where(told => (string)told["event"]! == "mail"));
        return [.. _mails.Select(mail => (string)mail["recipients"]![0]!).Order(StringComparer.Ordinal)];
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
