using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Core.Employees;

/// <summary>The one-time token of an invitation's link. Its text stands in the message and nowhere else; what is kept is its hash.</summary>
public sealed class InvitationToken
{
    /// <summary>How many random bytes a token is made of.</summary>
    public const int Length = 32;

    private InvitationToken(string text) => (Text, Hash) = (text, HashOf(text));

    /// <summary>The token as it stands in the link: base64url without padding, 43 characters.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, as lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>Makes a token of bytes that nobody can guess.</summary>
    /// <exception cref="ArgumentException">They are not <see cref="Length"/> bytes.</exception>
    public static InvitationToken Make(ReadOnlySpan<byte> random) => random.Length == Length
        ? new InvitationToken(Base64Url.EncodeToString(random))
        : throw new ArgumentException($"A token is made of {Length} bytes.", nameof(random));

    /// <summary>The hash of a token as somebody brings it back; any text has one.</summary>
    public static string HashOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The hash: a token that ends up in a log by accident opens nothing.</summary>
    public override string ToString() => Hash;
}
