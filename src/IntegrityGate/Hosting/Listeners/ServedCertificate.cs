using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>A certificate with its key and chain, ready to be shown to clients.</summary>
internal sealed class ServedCertificate
{
    private ServedCertificate(X509Certificate2 leaf, X509Certificate2Collection chain, IReadOnlyList<string> names)
    {
        // Offline: intermediates come from the file, and no stranger's handshake waits for a download.
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
        Names = names.Count > 0 ? names : NamesOf(leaf);
        NotBefore = leaf.NotBefore.ToUniversalTime();
        NotAfter = leaf.NotAfter.ToUniversalTime();
        Thumbprint = Convert.ToHexString(SHA256.HashData(leaf.RawData));
    }

    /// <summary>What TLS needs.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Names it is for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Begin of its validity, UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>End of its validity, UTC.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>True while it is valid by its dates.</summary>
    public bool IsValidAt(DateTimeOffset now) => now >= NotBefore && now <= NotAfter;

    /// <summary>Makes a certificate from its files.</summary>
    /// <exception cref="CryptographicException">It cannot be used; the message says why, without secrets.</exception>
    public static ServedCertificate Load(CertificateFiles files, CertificateOptions options)
    {
        try
        {
            var text = Encoding.UTF8.GetString(files.Certificate);
            var (leaf, chain) = text.Contains("-----BEGIN ", StringComparison.Ordinal)
                ? LoadPem(text, files.Key.Length == 0 ? text : Encoding.UTF8.GetString(files.Key), options.Password)
                : LoadPfx(files.Certificate, options.Password);
            return new ServedCertificate(leaf, chain, options.Names);
        }
        catch (ArgumentException exception)
        {
            // How the platform says that the key is not the certificate's.
            throw new CryptographicException(exception.Message, exception);
        }
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Chain) LoadPem(string certificates, string key, string password)
    {
        X509Certificate2Collection all = [];
        all.ImportFromPem(certificates);
        if (all.Count == 0)
            throw new CryptographicException("The file holds no certificate.");
        var leaf = password.Length == 0 ? X509Certificate2.CreateFromPem(certificates, key) : X509Certificate2.CreateFromEncryptedPem(certificates, key, password);
        all[0].Dispose();
        all.RemoveAt(0);
        return (leaf, all);
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Chain) LoadPfx(byte[] bytes, string password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("The file holds no certificate with its private key.");
        all.Remove(leaf);
        return (leaf, all);
    }

    // RFC 6125, 6.4.4: the common name counts only where there is no alternative name.
    private static List<string> NamesOf(X509Certificate2 leaf)
    {
        var alternatives = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).ToList();
        return alternatives.Count > 0 ? alternatives : [leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }
}
