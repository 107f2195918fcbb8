using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>The members to invite.</summary>
/// <param name="Members">Their ids in ConnectWise, 1 to 1,000.</param>
public sealed record InvitationRequest(IReadOnlyList<long> Members);

/// <summary>Members and the CRM's users (SU-3, SU-4).</summary>
public static class UserEndpoints
{
    /// <summary>GET …/users: all members with their links and invitations, in the order of their ids.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] SetupService setup, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var list = $"users|{tenant}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var members = await setup.MembersAsync(new TenantId(tenant), cancellation).ConfigureAwait(false);
        if (!members.Succeeded)
        {
            return ApiProblems.Of(members.Refusal);
        }

        var last = ConnectWiseId.TryParse(after) ?? new ConnectWiseId(0);
        var rest = members.Value.Members.Where(member => member.Id.CompareTo(last) > 0).Take(size + 1).ToList();
        return Answers.Ok(Answers.PageOf(rest, member => member.Id.ToString(), size, list));
    }

    /// <summary>POST …/users/invitations: invites the members in the body and no others; an answer for each.</summary>
    public static async Task<IResult> InviteAsync(string tenant, HttpRequest request, [FromServices] SetupService setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var body = await JsonBody.ReadAsync<InvitationRequest>(request).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var members = body.Value!.Members;
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i] <= 0 || i >= QueryReader.HighestLimit)
            {
                return ApiProblems.Of(members[i] <= 0
                    ? new Refusal(RefusalKind.Invalid, "id-invalid", "A member's id is a positive number.", "Take the ids from the list of users.")
                    { Field = $"/members/{i}" }
                    : new Refusal(RefusalKind.Invalid, "members-too-many", "More than 1000 members were named.", "Invite them in several calls.")
                    { Field = "/members" });
            }
        }

        return Answers.Of(await setup.InviteAsync(new TenantId(tenant), [.. members.Select(id => new ConnectWiseId(id))], cancellation).ConfigureAwait(false));
    }
}
