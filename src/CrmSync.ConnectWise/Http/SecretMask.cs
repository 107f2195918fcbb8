namespace CrmSync.ConnectWise.Http;

/// <summary>Takes the credentials out of text that came from elsewhere: a proxy's error page may well quote the request.</summary>
internal sealed class SecretMask(ConnectWiseConnection connection)
{
    private readonly string[] _secrets = [connection.BasicCredentials(), connection.PrivateKey];

    public string Apply(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
