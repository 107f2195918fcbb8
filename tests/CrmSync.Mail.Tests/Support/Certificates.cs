using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Mail.Tests.Support;

/// <summary>Certificates for one test run: an authority of our own, and what it signs. Nothing of it is kept.</summary>
internal sealed class Certificates
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-2);
    private readonly X509Certificate2 _authority;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, From.AddDays(9));
    }

    /// <summary>What trusts the authority.</summary>
    public X509Certificate2Collection Roots => [_authority];

    /// <summary>A certificate that the authority has signed.</summary>
    public WitnessOptions For(string host, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request(host, key).Create(_authority, From, expired ? From.AddDays(1) : From.AddDays(8), RandomNumberGenerator.GetBytes(8));
        return new WitnessOptions { Key = key.ExportPkcs8PrivateKeyPem(), Cert = signed.ExportCertificatePem() };
    }

    /// <summary>A certificate that has signed itself.</summary>
    public static WitnessOptions SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request(host, key).CreateSelfSigned(From, From.AddDays(8));
        return new WitnessOptions { Key = key.ExportPkcs8PrivateKeyPem(), Cert = signed.ExportCertificatePem() };
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
