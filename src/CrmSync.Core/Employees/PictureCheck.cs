using System.Security.Cryptography;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Employees;

/// <summary>Finds out what a downloaded picture is, by its bytes alone.</summary>
public static class PictureCheck
{
    /// <summary>The largest picture that is taken, in bytes.</summary>
    public const int LargestBytes = 4 * 1024 * 1024;

    /// <summary>The picture with its hash and type; null for what is none of the four types, or too large.</summary>
    public static Picture? Of(ReadOnlyMemory<byte> content) =>
        content.Length <= LargestBytes && TypeOf(content.Span) is { } type
            ? new Picture(Convert.ToHexStringLower(SHA256.HashData(content.Span)), type, content) : null;

    private static string? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? "image/gif"
        : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
