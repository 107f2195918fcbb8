using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Secrets;

/// <summary>The names of secrets.</summary>
internal static class SecretNames
{
    /// <exception cref="ArgumentException">The name is not made of lower-case letters, digits and single hyphens between them.</exception>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name[0] == '-' || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal)
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException("A secret's name is lower-case letters, digits and single hyphens between them.", nameof(name));
        }
    }

    /// <summary>
    /// The name in a vault, which knows letters, digits and hyphens only. Behind each hyphen of the tenant's id stands a "0", so "--" is found between the
    /// tenant and the name alone, and no two tenants share a secret.
    /// </summary>
    public static string InVault(string prefix, TenantId tenant, string name) =>
        $"{prefix}-{tenant.Value.Replace("-", "-0", StringComparison.Ordinal)}--{name}";
}
