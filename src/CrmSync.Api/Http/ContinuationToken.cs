using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core;

namespace CrmSync.Api.Http;

/// <summary>
/// The place at which a list goes on, as an opaque token. It carries a checksum over the list that it belongs to, so that one that was
/// altered, or is used with another tenant, run or filter, is refused instead of giving a wrong page. It grants nothing: what may be
/// seen follows from the key alone.
/// </summary>
internal static class ContinuationToken
{
    private const int ChecksumBytes = 12;

    /// <summary>The token of a place in a list.</summary>
    /// <param name="list">What tells this list from every other: tenant, run, filters.</param>
    /// <param name="place">The place, in the list's own words.</param>
    public static string Write(string list, string place)
    {
        var bytes = Encoding.UTF8.GetBytes(place);
        return Base64Url.EncodeToString([.. Checksum(list, bytes), .. bytes]);
    }

    /// <summary>The place that a token names; refused as "continuation-invalid" where it is none of this list's.</summary>
    public static Result<string> Read(string list, string token)
    {
        var refusal = new Refusal(RefusalKind.Invalid, "continuation-invalid", "The continuation is none of this list's.",
            "Take it from the previous page of the same list with the same filters, or begin without one.")
        { Field = "continuation" };
        if (!Base64Url.IsValid(token))
        {
            return refusal;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length > ChecksumBytes && Checksum(list, bytes.AsSpan(ChecksumBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, ChecksumBytes))
            ? Encoding.UTF8.GetString(bytes.AsSpan(ChecksumBytes))
            : refusal;
    }

    private static byte[] Checksum(string list, ReadOnlySpan<byte> place) => SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. place])[..ChecksumBytes];
}
