using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Set-up, step by step (SU-1).</summary>
public static class SetupEndpoints
{
    /// <summary>GET …/setup: how far it is, and what in it no longer holds.</summary>
    public static async Task<IResult> OverviewAsync(string tenant, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Answers.Ok(await setup.OverviewAsync(new TenantId(tenant), cancellation).ConfigureAwait(false));
    }

    /// <summary>GET …/setup/{step}: what was saved in it, without secrets.</summary>
    public static async Task<IResult> GetAsync(string tenant, string step, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return SetupSteps.Parse(step) is { } parsed
            ? Answers.Ok(await setup.ReadStepAsync(new TenantId(tenant), parsed, cancellation).ConfigureAwait(false))
            : StepUnknown();
    }

    /// <summary>PUT …/setup/{step}: saves it as the body says, in whole.</summary>
    public static Task<IResult> PutAsync(string tenant, string step, HttpRequest request, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var id = new TenantId(tenant);
        return SetupSteps.Parse(step) switch
        {
            SetupStep.Connection => SaveAsync<ConnectionForm>(request, form => setup.SaveAsync(id, form, cancellation)),
            SetupStep.Users => SaveAsync<UsersSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            SetupStep.Companies => SaveAsync<CompaniesSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            SetupStep.Contacts => SaveAsync<ContactsSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            SetupStep.Solutions => SaveAsync<SolutionsSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            SetupStep.Activities => SaveAsync<ActivitiesSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            SetupStep.Opportunities => SaveAsync<OpportunitiesSettings>(request, settings => setup.SaveAsync(id, settings, cancellation)),
            null => Task.FromResult<IResult>(StepUnknown()),
        };
    }

    /// <summary>GET …/setup/{step}/options: what there is to choose from, live (SU-9).</summary>
    public static async Task<IResult> OptionsAsync(string tenant, string step, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return SetupSteps.Parse(step) is { } parsed
            ? Answers.Of(await setup.OptionsAsync(new TenantId(tenant), parsed, cancellation).ConfigureAwait(false))
            : StepUnknown();
    }

    /// <summary>GET …/setup/{step}/fields: the fields that can be mapped, live.</summary>
    public static async Task<IResult> FieldsAsync(string tenant, string step, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return SetupSteps.Parse(step) is { } parsed
            ? Answers.Of(await setup.FieldsAsync(new TenantId(tenant), parsed, cancellation).ConfigureAwait(false))
            : StepUnknown();
    }

    /// <summary>POST …/setup/connection/test: tests the connection in the body, or the saved one without a body (SU-2). Saves nothing.</summary>
    public static async Task<IResult> TestAsync(string tenant, HttpRequest request, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var body = await JsonBody.ReadOptionalAsync<ConnectionForm>(request).ConfigureAwait(false);
        return body.Refused ?? Answers.Of(await setup.TestConnectionAsync(new TenantId(tenant), body.Value, cancellation).ConfigureAwait(false));
    }

    private static async Task<IResult> SaveAsync<T>(HttpRequest request, Func<T, Task<Result<StepView>>> save)
        where T : class
    {
        var body = await JsonBody.ReadAsync<T>(request).ConfigureAwait(false);
        return body.Refused ?? Answers.Of(await save(body.Value!).ConfigureAwait(false));
    }

    private static ProblemResult StepUnknown() => ApiProblems.Of(new Refusal(
        RefusalKind.NotFound, "step-unknown", "There is no such step.", $"The steps are {string.Join(", ", SetupSteps.All.Select(SetupSteps.NameOf))}.")
    { Field = "step" });
}
