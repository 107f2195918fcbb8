using CrmSync.ConnectWise.Choices;
using CrmSync.ConnectWise.Discovery;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Paging;
using CrmSync.ConnectWise.Parsing.Entities;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.ConnectionTest;

/// <summary>Tests a connection, each thing on its own (SU-2). A failed check is a line of the report, never an exception.</summary>
internal sealed class ConnectionTester(ApiClient api)
{
    private const string Companies = "company/companies";
    private const string Members = "system/members";

    private static readonly string[] BehindSite = ["company", "credentials"];

    /// <summary>Everything that is read: the entities, their set-up tables, and the definitions of custom fields.</summary>
    private static readonly string[] Endpoints =
    [
        .. Enum.GetValues<Entity>().SelectMany(e => new[] { Shapes.Of(e).Path }.Concat(SetupTables.Of(e).Paths)).Distinct(),
        "system/userDefinedFields",
    ];

    public async Task<ConnectionTestReport> RunAsync(CancellationToken cancellation)
    {
        var located = await api.LocateAsync(cancellation).ConfigureAwait(false);
        if (located.Location is not { } location)
        {
            return Stopped(located.Error!);
        }

        // /system/info is no proof of credentials: some sites answer it without any. These two lists are guarded.
        var answers = await Task.WhenAll(Endpoints.Select(path => AskAsync(path, cancellation))).ConfigureAwait(false);
        var byPath = Endpoints.Zip(answers).ToDictionary(p => p.First, p => p.Second);
        return new ConnectionTestReport(
        [
            new ConnectionCheck { Subject = "site", Passed = true },
            new ConnectionCheck { Subject = "company", Passed = true },
            Credentials(byPath[Companies], byPath[Members], location.Info),
            .. byPath.Select(p => Check(p.Key, p.Value)),
        ]);
    }

    private async Task<ConnectWiseError?> AskAsync(string path, CancellationToken cancellation)
    {
        var result = await api.SendAsync(ListReader.CountCall(new ListQuery { Path = path }), cancellation).ConfigureAwait(false);
        result.Response?.Dispose();
        return result.Error;
    }

    /// <summary>
    /// Keys are accepted when a guarded list answers, or refuses for lack of a permission only: the site then knows whom it refuses.
    /// The cloud answers 404 or "Cannot route" for wrong keys, so these count as refusals, too.
    /// </summary>
    private ConnectionCheck Credentials(ConnectWiseError? companies, ConnectWiseError? members, CompanyInfo info)
    {
        if (IsProof(companies) || IsProof(members))
        {
            return new ConnectionCheck { Subject = "credentials", Passed = true };
        }

        var error = companies!;
        var isRefusal = error.Category is ConnectWiseErrorCategory.NotFound or ConnectWiseErrorCategory.WrongSite;
        return Failed("credentials", error, (isRefusal ? Remedies.Credentials : error.Remedy) + OtherSite(info));
    }

    /// <summary>The cloud knows where a company lives, and answers companyinfo in every region. Self-hosted sites may name an inner address, which says nothing.</summary>
    private string OtherSite(CompanyInfo info) =>
        info.IsCloud && !api.Origin.IsLoopback && SiteAddress.TryParse(info.SiteUrl, out var named, out _) && named.Host != api.Origin.Host
            ? $" ConnectWise itself names {named.Host} as this company's site."
            : "";

    private static bool IsProof(ConnectWiseError? error) => error is null or { Category: ConnectWiseErrorCategory.Forbidden };

    private static ConnectionCheck Check(string path, ConnectWiseError? error)
    {
        var check = error is null ? new ConnectionCheck { Subject = path, Passed = true } : Failed(path, error, error.Remedy);
        return check with { Permission = PermissionTable.For(path) };
    }

    private static ConnectionCheck Failed(string subject, ConnectWiseError error, string remedy) =>
        new() { Subject = subject, Passed = false, Cause = error.ToString(), Remedy = remedy };

    /// <summary>When the API was not found at all, what lies behind it is reported as not tested.</summary>
    private static ConnectionTestReport Stopped(ConnectWiseError error)
    {
        var siteAnswered = error.Category == ConnectWiseErrorCategory.UnknownCompany;
        var subject = siteAnswered ? "company" : "site";
        var notTested = BehindSite.Where(s => s != subject).Concat(Endpoints).Select(s => new ConnectionCheck
        {
            Subject = s,
            Permission = s.Contains('/', StringComparison.Ordinal) ? PermissionTable.For(s) : null,
            Passed = false,
            Cause = $"Not tested: the {subject} failed.",
            Remedy = error.Remedy,
        });
        var failed = Failed(subject, error, error.Remedy);
        return new ConnectionTestReport(siteAnswered
            ? [new ConnectionCheck { Subject = "site", Passed = true }, failed, .. notTested]
            : [failed, .. notTested]);
    }
}
