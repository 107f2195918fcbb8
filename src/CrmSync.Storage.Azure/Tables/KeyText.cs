using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>
/// Texts as parts of keys and blob names. Letters, digits and hyphens stand as they are and everything else as "=" and two hex digits a byte, so that two
/// texts are never one key; "_" is left free to stand between parts. A text that would be too long for a key is known by its hash.
/// </summary>
internal static class KeyText
{
    /// <summary>What stands between the parts of a key.</summary>
    public const char Separator = '_';

    /// <summary>The character behind <see cref="Separator"/> in the order of keys: ends the range of all keys that begin with the same parts.</summary>
    public const char PastSeparator = '`';

    // A key has room for 512 characters; three of these parts fit.
    private const int Longest = 160;

    public static string Encode(string text)
    {
        if (text.Length <= Longest && text.All(IsPlain))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var encoded = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            if (IsPlain((char)value))
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append('=').Append(Convert.ToHexString([value]));
            }
        }

        return encoded.Length <= Longest ? encoded.ToString() : "==" + Convert.ToHexString(SHA256.HashData(bytes));
    }

    /// <summary>A key whose ascending order is the descending order of the texts: the service sorts in one direction only.</summary>
    public static string Descending(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        // Behind every hex digit, so that a text stands behind those that it begins.
        return bytes.Length <= Longest ? Convert.ToHexStringLower(bytes) + 'g' : "==" + Convert.ToHexString(SHA256.HashData(bytes));
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
}
