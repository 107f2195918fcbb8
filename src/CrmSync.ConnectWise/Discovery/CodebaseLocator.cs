using System.Collections.Concurrent;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Discovery;

/// <summary>Where the API of the company is just now.</summary>
/// <param name="Base">Its address, up to and with <c>apis/3.0/</c>.</param>
/// <param name="Info">What the site says about the company.</param>
internal sealed record ApiLocation(Uri Base, CompanyInfo Info);

/// <summary>Either a location or why there is none.</summary>
internal readonly record struct LocationResult(ApiLocation? Location, ConnectWiseError? Error);

/// <summary>
/// Finds the company's codebase, once; and again when the site no longer knows an address, since cloud tenants move to a new
/// release folder at an upgrade.
/// </summary>
internal sealed class CodebaseLocator(
    Uri origin, string companyId, Func<ApiCall, Uri, CancellationToken, Task<ApiResult>> send, TimeProvider time, Action<string> onMoved) : IDisposable
{
    /// <summary>How long an address that is unknown in an unmoved codebase is taken as missing, before companyinfo is asked again for it.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly ConcurrentDictionary<string, long> _missing = new(StringComparer.OrdinalIgnoreCase);
    private volatile ApiLocation? _known;

    /// <summary>The location, asked for at most once at a time and then remembered. A failure is not remembered.</summary>
    public async Task<LocationResult> LocateAsync(CancellationToken cancellation)
    {
        if (_known is { } known)
        {
            return new LocationResult(known, null);
        }

        await _asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _known is { } meanwhile ? new LocationResult(meanwhile, null) : await AskAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Asks anew after <paramref name="path"/> was unknown at <paramref name="tried"/>. Null when the API has not moved.</summary>
    public async Task<ApiLocation?> MovedFromAsync(ApiLocation tried, string path, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_known is { } known && known.Base != tried.Base)
            {
                return known;
            }

            if (_missing.TryGetValue(path, out var since) && time.GetElapsedTime(since) < Recheck)
            {
                return null;
            }

            var asked = await AskAsync(cancellation).ConfigureAwait(false);
            if (asked.Location is { } found && found.Base != tried.Base)
            {
                _missing.Clear();
                onMoved(found.Info.Codebase);
                return found;
            }

            _missing[path] = time.GetTimestamp();
            return null;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<LocationResult> AskAsync(CancellationToken cancellation)
    {
        var call = new ApiCall { Path = "login/companyinfo/" + Uri.EscapeDataString(companyId) };
        var result = await send(call, new Uri(origin, "/" + call.Path), cancellation).ConfigureAwait(false);
        if (result.Error is { Category: not ConnectWiseErrorCategory.NotFound } error)
        {
            return new LocationResult(null, error);
        }

        using var received = result.Response;

        // An unknown company is JSON null with 200, or a 404.
        if (result.Response is not { } answer || CompanyInfo.Parse(answer.Body) is not { } info)
        {
            return new LocationResult(null, new ConnectWiseError
            {
                Category = ConnectWiseErrorCategory.UnknownCompany,
                Code = "UnknownCompany",
                Message = $"{origin.Host} does not know the company \"{companyId}\".",
                Remedy = Remedies.UnknownCompany,
                RetryHelps = false,
                Status = result.Response?.Status ?? result.Error?.Status,
                Endpoint = call.Path,
            });
        }

        var location = new ApiLocation(new Uri(origin, $"/{info.Codebase}apis/3.0/"), info);
        _known = location;
        return new LocationResult(location, null);
    }
}
