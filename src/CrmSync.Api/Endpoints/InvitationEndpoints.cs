using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>A one-time link's token.</summary>
/// <param name="Token">The token as it stood in the link.</param>
public sealed record TokenRedemption(string Token);

/// <summary>Who was redeemed.</summary>
/// <param name="Employee">The employee.</param>
/// <param name="Email">The address that the invitation went to.</param>
public sealed record RedeemedInvitation(CrmId Employee, string Email);

/// <summary>Invitations of employees (EM-7).</summary>
public static class InvitationEndpoints
{
    /// <summary>GET …/employees/invitations: all, or those in a state; "waiting" are the ones not yet invited.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] InvitationService invitations, string? state, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        var list = $"invitations|{tenant}|{state}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        InvitationState? wanted = null;
        if (state is not null)
        {
            if (!Enum.GetNames<InvitationState>().Contains(state, StringComparer.OrdinalIgnoreCase))
            {
                return ApiProblems.Of(new Refusal(RefusalKind.Invalid, "state-unknown", "There is no such state of an invitation.",
                    $"Give one of {string.Join(", ", Enum.GetNames<InvitationState>()).ToLowerInvariant()}.")
                { Field = "state" });
            }

            wanted = Enum.Parse<InvitationState>(state, ignoreCase: true);
        }

        var all = await invitations.ListAsync(new TenantId(tenant), wanted, cancellation).ConfigureAwait(false);
        return Answers.Ok(Answers.PageOf(all, invitation => invitation.Employee.Value, descending: false, after, size, list));
    }

    /// <summary>POST …/employees/invitations: releases all that wait, or those in the body, and sends them.</summary>
    public static async Task<IResult> ReleaseAsync(
        string tenant, HttpRequest request, [FromServices] InvitationService invitations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        var body = await JsonBody.ReadOptionalAsync<InvitationRelease>(request).ConfigureAwait(false);
        return body.Refused ?? Answers.Of(
            await invitations.ReleaseAsync(new TenantId(tenant), body.Value ?? new InvitationRelease(), cancellation).ConfigureAwait(false));
    }

    /// <summary>POST …/employees/invitations/redeem: redeems a one-time link; a second call finds it used.</summary>
    public static async Task<IResult> RedeemAsync(
        string tenant, HttpRequest request, [FromServices] InvitationService invitations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        var body = await JsonBody.ReadAsync<TokenRedemption>(request).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var redeemed = await invitations.RedeemAsync(new TenantId(tenant), body.Value!.Token, cancellation).ConfigureAwait(false);
        return redeemed.Succeeded ? Answers.Ok(new RedeemedInvitation(redeemed.Value.Employee, redeemed.Value.Email)) : ApiProblems.Of(redeemed.Refusal);
    }
}
