using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>
/// Saves and shows a tenant's set-up, step by step in its order (SU-1), every choice checked against what both sides offer at that
/// moment (SU-9). Nothing is half-saved, and no answer holds a secret (SU-11). What the rules refuse is a <see cref="Refusal"/>; a
/// side that does not answer is a <see cref="SideException"/>.
/// </summary>
public sealed class SetupService(ISetupStore setups, ISecretStore secrets, ISystems systems, ILinkStore links)
{
    private readonly ConnectionStep _connection = new(secrets);
    private readonly UserStep _users = new(systems, links);

    /// <summary>How far set-up is, and what in it refers to something that has gone (SU-10). Answers even where a side does not: that is then the problem.</summary>
    public async Task<SetupOverview> OverviewAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        var steps = await Task.WhenAll(SetupSteps.All.Select(async step => new StepOverview
        {
            Step = SetupSteps.NameOf(step),
            State = StateOf(setup, step),
            Problems = await ProblemsAsync(tenant, setup, step, cancellation).ConfigureAwait(false),
        })).ConfigureAwait(false);
        return new SetupOverview
        {
            Version = setup.Version,
            Complete = setup.FirstMissing is null,
            Next = setup.FirstMissing is { } next ? SetupSteps.NameOf(next) : null,
            Steps = steps,
            Imported = [.. setup.Imported.Select(Stages.NameOf)],
        };
    }

    /// <summary>One step as it was saved, with what in it no longer holds.</summary>
    public async Task<StepView> ReadStepAsync(TenantId tenant, SetupStep step, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        return await ViewAsync(tenant, setup, step, cancellation).ConfigureAwait(false) with
        {
            Problems = await ProblemsAsync(tenant, setup, step, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>Saves the connection; asks neither side. Refused: an incomplete form, "private-key-missing", "crm-token-missing", "crm-in-use", "setup-changed".</summary>
    public async Task<Result<StepView>> SaveAsync(TenantId tenant, ConnectionForm form, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(form);
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        var complete = await _connection.CompleteAsync(tenant, form, setup.Connection, cancellation).ConfigureAwait(false);
        if (!complete.Succeeded)
        {
            return complete.Refusal;
        }

        if (setup.Connection is { } connected && connected.Crm != complete.Value.Settings.Crm && await HasLinksAsync(tenant, cancellation).ConfigureAwait(false))
        {
            return Refusals.CrmInUse();
        }

        var next = setup with { Connection = complete.Value.Settings };
        var saved = await _connection.SaveAsync(tenant, complete.Value, () => setups.TryWriteAsync(tenant, next, cancellation), cancellation).ConfigureAwait(false);
        return saved ? await ViewAsync(tenant, Stored(next), SetupStep.Connection, cancellation).ConfigureAwait(false) : Refusals.Changed(SetupStep.Connection);
    }

    /// <summary>Saves which members become users, and links those whose address a user has (SU-3).</summary>
    public async Task<Result<StepView>> SaveAsync(TenantId tenant, UsersSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        UserDirectory? directory = null;
        var saved = await SaveAsync(
            tenant, SetupStep.Users, setup => setup with { Users = settings }, cancellation,
            async () => directory = await _users.ReadAsync(tenant, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return saved.Succeeded
            ? saved.Value with { Users = await _users.LinkAsync(tenant, directory!, settings, cancellation).ConfigureAwait(false) }
            : saved;
    }

    /// <summary>Saves which companies come in (SU-5).</summary>
    public Task<Result<StepView>> SaveAsync(TenantId tenant, CompaniesSettings settings, CancellationToken cancellation) =>
        SaveAsync(tenant, SetupStep.Companies, setup => setup with { Companies = settings }, cancellation);

    /// <summary>Saves which contacts come in (SU-5).</summary>
    public Task<Result<StepView>> SaveAsync(TenantId tenant, ContactsSettings settings, CancellationToken cancellation) =>
        SaveAsync(tenant, SetupStep.Contacts, setup => setup with { Contacts = settings }, cancellation);

    /// <summary>Saves which catalog items come in (SU-6).</summary>
    public Task<Result<StepView>> SaveAsync(TenantId tenant, SolutionsSettings settings, CancellationToken cancellation) =>
        SaveAsync(tenant, SetupStep.Solutions, setup => setup with { Solutions = settings }, cancellation);

    /// <summary>Saves which activities come in (SU-7).</summary>
    public Task<Result<StepView>> SaveAsync(TenantId tenant, ActivitiesSettings settings, CancellationToken cancellation) =>
        SaveAsync(tenant, SetupStep.Activities, setup => setup with { Activities = settings }, cancellation);

    /// <summary>Saves which opportunities come in (SU-8).</summary>
    public Task<Result<StepView>> SaveAsync(TenantId tenant, OpportunitiesSettings settings, CancellationToken cancellation) =>
        SaveAsync(tenant, SetupStep.Opportunities, setup => setup with { Opportunities = settings }, cancellation);

    /// <summary>Tests a connection (SU-2) without saving it: the given one, or the saved one for null. Refused: an incomplete form, "private-key-missing", "crm-token-missing", "step-out-of-order" where nothing was saved.</summary>
    public async Task<Result<ConnectionTestReport>> TestConnectionAsync(TenantId tenant, ConnectionForm? form, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (form is null && setup.Connection is null)
        {
            return Refusals.OutOfOrder(SetupStep.Connection);
        }

        form ??= FormOf(setup.Connection!);
        var complete = await _connection.CompleteAsync(tenant, form, setup.Connection, cancellation).ConfigureAwait(false);
        return complete.Succeeded ? await TestAsync(complete.Value, cancellation).ConfigureAwait(false) : complete.Refusal;
    }

    /// <summary>What a step offers to choose from, live (SU-9). Refused: "step-out-of-order" before the connection was saved.</summary>
    public async Task<Result<StepOptions>> OptionsAsync(TenantId tenant, SetupStep step, CancellationToken cancellation)
    {
        var name = SetupSteps.NameOf(step);
        if (SetupSteps.EntityOf(step) is not { } entity)
        {
            return new StepOptions { Step = name, Countries = ConnectionForm.Countries, HighestConcurrency = ConnectionForm.HighestConcurrency };
        }

        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Connection is null)
        {
            return Refusals.OutOfOrder(SetupStep.Connection);
        }

        var live = await LiveSides.ReadAsync(systems, tenant, entity, fields: false, cancellation).ConfigureAwait(false);
        return new StepOptions
        {
            Step = name,
            ConnectWise = live.ConnectWise,
            Crm = OfStep(step, live.Crm),
            NoType = step is SetupStep.Users or SetupStep.Companies or SetupStep.Contacts or SetupStep.Opportunities,
            Kinds = step == SetupStep.Activities ? Enum.GetValues<ActivityKind>() : [],
        };
    }

    /// <summary>The fields that a step can map, live. Refused: "step-without-fields", "step-out-of-order" before the connection was saved.</summary>
    public async Task<Result<StepFields>> FieldsAsync(TenantId tenant, SetupStep step, CancellationToken cancellation)
    {
        if (SetupSteps.EntityOf(step) is not { } entity || entity == Entity.User)
        {
            return Refusals.NoFields(step);
        }

        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Connection is null)
        {
            return Refusals.OutOfOrder(SetupStep.Connection);
        }

        var live = await LiveSides.ReadAsync(systems, tenant, entity, fields: true, cancellation).ConfigureAwait(false);
        return new StepFields
        {
            Step = SetupSteps.NameOf(step),
            ConnectWise = live.ConnectWiseFields,
            Crm = live.CrmFields,
            Mapped = setup.FieldsOf(entity),
            Defaults = DefaultMappings.Of(entity),
        };
    }

    /// <summary>All members with their links and invitations. Refused: "step-out-of-order" before the connection was saved.</summary>
    public async Task<Result<MemberList>> MembersAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        return setup.Connection is null
            ? Refusals.OutOfOrder(SetupStep.Connection)
            : new MemberList(UserStep.View(await _users.ReadAsync(tenant, cancellation).ConfigureAwait(false), setup.Users));
    }

    /// <summary>Links the members of chosen types with the users of the same e-mail address (SU-3). Refused: "step-out-of-order" before the users were saved.</summary>
    public async Task<Result<UserLinkReport>> LinkUsersAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Users is not { } users)
        {
            return Refusals.OutOfOrder(setup.FirstMissing!.Value);
        }

        var directory = await _users.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        return await _users.LinkAsync(tenant, directory, users, cancellation).ConfigureAwait(false);
    }

    /// <summary>Invites these members (SU-4), and no others; nobody twice. Refused: "step-out-of-order" before the users were saved, "members-missing" for no members.</summary>
    public async Task<Result<InvitationReport>> InviteAsync(TenantId tenant, IReadOnlyList<ConnectWiseId> members, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(members);
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Users is not { } users || setup.Connection is not { } connection)
        {
            return Refusals.OutOfOrder(setup.FirstMissing!.Value);
        }

        return members.Count == 0
            ? new Refusal(RefusalKind.Invalid, "members-missing", "No member was named.", "Name the members to invite by their ids.") { Field = "/members" }
            : new InvitationReport(await _users.InviteAsync(tenant, connection.Company, users, members, cancellation).ConfigureAwait(false));
    }

    // The built-in CRM is part of this process: there is nothing to test.
    private async Task<ConnectionTestReport> TestAsync(Connection connection, CancellationToken cancellation)
    {
        var connectWise = systems.ConnectWise(connection.Settings, connection.PrivateKey.Value).TestAsync(cancellation);
        if (connection.Settings.Crm is not { } settings)
        {
            return await connectWise.ConfigureAwait(false);
        }

        var crm = systems.TestCrmAsync(settings, connection.CrmToken.Value, cancellation);
        await Task.WhenAll(connectWise, crm).ConfigureAwait(false);
        return new ConnectionTestReport([.. (await connectWise.ConfigureAwait(false)).Checks, await crm.ConfigureAwait(false)]);
    }

    // Links name records by their ids in one CRM; in another the same id is somebody else.
    private async Task<bool> HasLinksAsync(TenantId tenant, CancellationToken cancellation)
    {
        foreach (var entity in Stages.InCrm)
        {
            if (await links.CountAsync(tenant, entity, cancellation).ConfigureAwait(false) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<Result<StepView>> SaveAsync(
        TenantId tenant, SetupStep step, Func<TenantSetup, TenantSetup> change, CancellationToken cancellation, Func<Task>? beforeWrite = null)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.FirstMissing is { } missing && missing < step)
        {
            return Refusals.OutOfOrder(missing);
        }

        var next = change(setup);
        if (await CheckAsync(tenant, next, step, cancellation).ConfigureAwait(false) is { Count: > 0 } problems)
        {
            return Refusals.Of(step, problems);
        }

        // What has to be read for the time after the save is read before it: a failure then saves nothing.
        await (beforeWrite?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        return await setups.TryWriteAsync(tenant, next, cancellation).ConfigureAwait(false)
            ? await ViewAsync(tenant, Stored(next), step, cancellation).ConfigureAwait(false)
            : Refusals.Changed(step);
    }

    private async Task<IReadOnlyList<SetupProblem>> CheckAsync(TenantId tenant, TenantSetup setup, SetupStep step, CancellationToken cancellation)
    {
        var entity = SetupSteps.EntityOf(step)!.Value;
        var fields = HasOwnFields(setup, step);
        var live = await LiveSides.ReadAsync(systems, tenant, entity, fields, cancellation).ConfigureAwait(false);
        return StepRules.Check(step, setup, live);
    }

    private async Task<IReadOnlyList<SetupProblem>> ProblemsAsync(TenantId tenant, TenantSetup setup, SetupStep step, CancellationToken cancellation)
    {
        if (!setup.Has(step) || step == SetupStep.Connection)
        {
            return [];
        }

        try
        {
            return await CheckAsync(tenant, setup, step, cancellation).ConfigureAwait(false);
        }
        catch (SideException exception)
        {
            return [new SetupProblem(exception.Code, exception.Message, exception.Remedy, null)];
        }
    }

    private async Task<StepView> ViewAsync(TenantId tenant, TenantSetup setup, SetupStep step, CancellationToken cancellation) => new()
    {
        Step = SetupSteps.NameOf(step),
        State = StateOf(setup, step),
        Version = setup.Version,
        Settings = setup.Settings(step),
        EffectiveFields = SetupSteps.EntityOf(step) is { } entity and not Entity.User ? setup.FieldsOf(entity) : null,
        PrivateKeyStored = step == SetupStep.Connection
            ? await _connection.HasAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation).ConfigureAwait(false) : null,
        CrmTokenStored = step == SetupStep.Connection && setup.Connection?.Crm is not null
            ? await _connection.HasAsync(tenant, CrmSettings.TokenSecret, cancellation).ConfigureAwait(false) : null,
    };

    private static StepState StateOf(TenantSetup setup, SetupStep step) =>
        setup.Has(step) ? StepState.Saved : setup.FirstMissing == step ? StepState.Next : StepState.Missing;

    private static TenantSetup Stored(TenantSetup written) => written with { Version = written.Version + 1 };

    private static bool HasOwnFields(TenantSetup setup, SetupStep step) =>
        SetupSteps.EntityOf(step) is { } entity and not Entity.User && !ReferenceEquals(setup.FieldsOf(entity), DefaultMappings.Of(entity));

    private static ConnectionForm FormOf(ConnectionSettings saved) => new()
    {
        Site = saved.Site,
        Company = saved.Company,
        PublicKey = saved.PublicKey,
        ClientId = saved.ClientId,
        DefaultCountry = saved.DefaultCountry,
        Concurrency = saved.Concurrency,
        Crm = saved.Crm is { } crm ? new CrmForm { Kind = crm.Kind, Address = crm.Address } : null,
    };

    private static CrmChoices OfStep(SetupStep step, CrmChoices all) => step switch
    {
        SetupStep.Connection => new CrmChoices(),
        SetupStep.Users => new CrmChoices { Roles = all.Roles },
        SetupStep.Companies => new CrmChoices { CompanyTypes = all.CompanyTypes, Lists = all.Lists },
        SetupStep.Contacts => new CrmChoices { ContactTypes = all.ContactTypes },
        SetupStep.Solutions => new CrmChoices { SolutionCategories = all.SolutionCategories },
        SetupStep.Activities => new CrmChoices(),
        SetupStep.Opportunities => new CrmChoices { OpportunityTypes = all.OpportunityTypes, Pipelines = all.Pipelines },
    };
}
