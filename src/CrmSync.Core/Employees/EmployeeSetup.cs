using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Employees;

/// <summary>
/// Saves, shows and tests the settings of the employee sync (EM-2 to EM-7). It can be enabled only when a test of the very same connection, directory and
/// mail server has passed. Nothing is half-saved, and no answer holds a secret.
/// </summary>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="secrets">Their secrets.</param>
/// <param name="systems">The other systems.</param>
/// <param name="links">Tells whether a directory is in use.</param>
/// <param name="mail">Tests mail servers.</param>
/// <param name="digests">Makes the digest of what was tested.</param>
/// <param name="time">The clock.</param>
public sealed class EmployeeSetup(
    ISetupStore setups, ISecretStore secrets, ISystems systems, ILinkStore links, IInvitationSender mail, PictureAddresses digests, TimeProvider time)
{
    /// <summary>The settings as they were saved.</summary>
    public async Task<EmployeeSettingsView> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
        await ViewAsync(tenant, await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    /// <summary>What there is to choose from, live. Refused: "step-out-of-order" before the connection was saved.</summary>
    public async Task<Result<EmployeeOptions>> OptionsAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        return setup.Connection is null
            ? Refusals.OutOfOrder(SetupStep.Connection)
            : await OptionsAsync(tenant, await systems.DirectoryAsync(tenant, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Saves the settings in whole. Refused: "step-out-of-order" before the connection was saved, an incomplete form, what names something that is not there,
    /// "directory-token-missing", "mail-password-missing", "directory-in-use", "test-missing" (EM-2), "setup-changed".
    /// </summary>
    public async Task<Result<EmployeeSettingsView>> SaveAsync(TenantId tenant, EmployeeForm form, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(form);
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        var complete = await CompleteAsync(tenant, form, setup, cancellation).ConfigureAwait(false);
        if (!complete.Succeeded)
        {
            return complete.Refusal;
        }

        var (settings, whole) = (form.Settings, complete.Value);
        var options = await OptionsAsync(tenant, whole.Open(systems, tenant), cancellation).ConfigureAwait(false);
        if (EmployeeRules.Problems(settings, options).ToList() is { Count: > 0 } problems)
        {
            return Refusals.Of(problems);
        }

        if (setup.Employees is { } before && !SameDirectory(before.Directory, settings.Directory)
            && await links.CountAsync(tenant, Entity.Employee, cancellation).ConfigureAwait(false) > 0)
        {
            return new Refusal(
                RefusalKind.Conflict, "directory-in-use",
                "Members are linked with the directory that is set now; in another one their ids would stand for other people.",
                "Add another tenant for another directory.")
            { Field = "/settings/directory" };
        }

        if (settings.Enabled && setup.EmployeesTest?.Digest != await DigestAsync(tenant, setup, whole, cancellation).ConfigureAwait(false))
        {
            return new Refusal(
                RefusalKind.Conflict, "test-missing", "The sync cannot be enabled: no test of this connection, directory and mail server has passed.",
                "Test the integration with these settings, then save again; or save without enabling.")
            { Field = "/settings/enabled" };
        }

        var next = setup with { Employees = settings, EmployeesSavedAt = time.GetUtcNow() };
        var saved = await Secret.SaveAsync(
            secrets, tenant, whole.Secrets, () => setups.TryWriteAsync(tenant, next, cancellation), cancellation).ConfigureAwait(false);
        return saved
            ? await ViewAsync(tenant, next with { Version = next.Version + 1 }, cancellation).ConfigureAwait(false)
            : new Refusal(RefusalKind.Conflict, "setup-changed", "Somebody else saved the set-up at the same moment, so nothing was saved.",
                "Look at the settings again, then save them again.");
    }

    /// <summary>
    /// Tests the integration (EM-2): connection, directory and mail server of the form, or of what was saved for null. Saves nothing but that it passed.
    /// Refused as saving is, and "employees-not-saved" for null where nothing was saved.
    /// </summary>
    public async Task<Result<ConnectionTestReport>> TestAsync(TenantId tenant, EmployeeForm? form, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (form is null && setup.Employees is null)
        {
            return NotSaved();
        }

        var complete = await CompleteAsync(tenant, form ?? new EmployeeForm { Settings = setup.Employees! }, setup, cancellation).ConfigureAwait(false);
        if (!complete.Succeeded)
        {
            return complete.Refusal;
        }

        var report = await new EmployeeIntegration(systems, mail, digests).TestAsync(tenant, complete.Value, cancellation).ConfigureAwait(false);
        if (report.Passed)
        {
            var digest = await DigestAsync(tenant, setup, complete.Value, cancellation).ConfigureAwait(false);
            await RememberAsync(tenant, digest, cancellation).ConfigureAwait(false);
        }

        return report;
    }

    internal static Refusal NotSaved() => new(
        RefusalKind.Conflict, "employees-not-saved", "The settings of the employee sync have not been saved.", "Save them first.");

    private async Task RememberAsync(TenantId tenant, string digest, CancellationToken cancellation)
    {
        var test = new PassedTest(digest, time.GetUtcNow());
        while (!await setups.TryWriteAsync(
            tenant, await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false) with { EmployeesTest = test }, cancellation).ConfigureAwait(false))
        {
            // Somebody else saved in between: what he saved stays.
        }
    }

    private async Task<EmployeeOptions> OptionsAsync(TenantId tenant, IDirectory directory, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var types = (await connectWise.ReadChoicesAsync(Entity.Employee, cancellation).ConfigureAwait(false)).Types;
        return new EmployeeOptions(types, await directory.ReadProfilesAsync(cancellation).ConfigureAwait(false));
    }

    private async Task<Result<CompleteEmployees>> CompleteAsync(TenantId tenant, EmployeeForm form, TenantSetup setup, CancellationToken cancellation)
    {
        if (setup.Connection is null)
        {
            return Refusals.OutOfOrder(SetupStep.Connection);
        }

        if (EmployeeRules.Problems(form).ToList() is { Count: > 0 } problems)
        {
            return Refusals.Of(problems);
        }

        var (settings, saved) = (form.Settings, setup.Employees);
        var token = settings.Directory.Kind == DirectoryKind.BuiltIn ? Secret.None : await Secret.TakeAsync(
            secrets, tenant, DirectorySettings.TokenSecret, form.DirectoryToken,
            saved is not null && SameDirectory(saved.Directory, settings.Directory), cancellation).ConfigureAwait(false);
        var password = settings.Mail?.User is null ? Secret.None : await Secret.TakeAsync(
            secrets, tenant, MailSettings.PasswordSecret, form.MailPassword,
            saved?.Mail is { } mail && SameServer(mail, settings.Mail), cancellation).ConfigureAwait(false);
        return (token, password) switch
        {
            (null, _) => new Refusal(RefusalKind.Invalid, "directory-token-missing",
                "The directory's token is missing, or the stored one belongs to another directory.",
                "Give the token that the directory was told to accept.")
            { Field = "/directoryToken" },
            (_, null) => new Refusal(RefusalKind.Invalid, "mail-password-missing",
                "The mail user's password is missing, or the stored one belongs to another server or user.",
                "Give the password.")
            { Field = "/mailPassword" },
            var (first, second) => new CompleteEmployees(settings, first, second),
        };
    }

    private async Task<EmployeeSettingsView> ViewAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation)
    {
        var complete = setup.Employees is null || setup.Connection is null ? null
            : (await CompleteAsync(tenant, new EmployeeForm { Settings = setup.Employees }, setup, cancellation).ConfigureAwait(false)).Value;
        return new EmployeeSettingsView
        {
            Version = setup.Version,
            Settings = setup.Employees,
            SavedAt = setup.EmployeesSavedAt,
            DirectoryTokenStored = await secrets.ReadAsync(tenant, DirectorySettings.TokenSecret, cancellation).ConfigureAwait(false) is not null,
            MailPasswordStored = await secrets.ReadAsync(tenant, MailSettings.PasswordSecret, cancellation).ConfigureAwait(false) is not null,
            TestedAt = setup.EmployeesTest?.At,
            TestHolds = complete is not null && setup.EmployeesTest is { } test
                && test.Digest == await DigestAsync(tenant, setup, complete, cancellation).ConfigureAwait(false),
        };
    }

    private async Task<string> DigestAsync(TenantId tenant, TenantSetup setup, CompleteEmployees complete, CancellationToken cancellation)
    {
        var key = await secrets.ReadAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation).ConfigureAwait(false);
        var tested = CoreJson.Serialize<object?[]>(
            [setup.Connection, key, complete.Settings.Directory, complete.DirectoryToken.Value, complete.Settings.Mail, complete.MailPassword.Value]);
        return await digests.DigestAsync(tenant, tested, cancellation).ConfigureAwait(false);
    }

    private static bool SameDirectory(DirectorySettings left, DirectorySettings right) =>
        left.Kind == right.Kind && (left.Kind == DirectoryKind.BuiltIn || left.Address?.TrimEnd('/') == right.Address?.TrimEnd('/'));

    private static bool SameServer(MailSettings left, MailSettings right) =>
        (left.Host, left.Port, left.Encryption, left.User) == (right.Host, right.Port, right.Encryption, right.User);
}
