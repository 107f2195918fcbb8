using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Employees;

/// <summary>Settings with the secrets that go with them. No record, so that nothing prints its secrets.</summary>
internal sealed class CompleteEmployees(EmployeeSettings settings, Secret directoryToken, Secret mailPassword)
{
    public EmployeeSettings Settings { get; } = settings;

    public Secret DirectoryToken { get; } = directoryToken;

    public Secret MailPassword { get; } = mailPassword;

    /// <summary>The directory of these settings, whether they were saved or not.</summary>
    public IDirectory Open(ISystems systems, TenantId tenant) =>
        systems.OpenDirectory(tenant, Settings.Directory, Settings.Directory.Kind == DirectoryKind.BuiltIn ? null : DirectoryToken.Value);

    /// <summary>The mail server; null for none.</summary>
    public MailServer? Server => Settings.Mail is { } mail ? new MailServer(mail, mail.User is null ? null : MailPassword.Value) : null;

    /// <summary>Its secrets by the names under which they are kept.</summary>
    public IEnumerable<(string Name, Secret Secret)> Secrets => [(DirectorySettings.TokenSecret, DirectoryToken), (MailSettings.PasswordSecret, MailPassword)];
}
