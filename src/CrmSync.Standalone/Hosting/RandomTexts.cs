using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using CrmSync.Core.Records;

namespace CrmSync.Standalone.Hosting;

/// <summary>The texts that have to be unlike any other.</summary>
internal static class RandomTexts
{
    private const int KeyBytes = 32;
    private const int SuffixLength = 6;

    // Without vowels, so that no word comes about, and without signs that are taken for one another.
    private const string SuffixSigns = "bcdfghjkmnpqrstvwxz23456789";

    /// <summary>The random part of a key: 256 bits in characters that stand in a header.</summary>
    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>A run's id, which sorts by the time of its start to the second: "20260131-235959-k7m2xq".</summary>
    public static RunId NewRunId(DateTimeOffset startedAt) => new(string.Create(
        CultureInfo.InvariantCulture, $"{startedAt.UtcDateTime:yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetString(SuffixSigns, SuffixLength)}"));
}
