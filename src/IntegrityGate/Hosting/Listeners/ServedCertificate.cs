using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>A certificate as it was read from its files, with the chain to send and the names it is for.</summary>
internal sealed class ServedCertificate
{
    private readonly byte[] _digest;
    private readonly IReadOnlyList<string> _names;

    private ServedCertificate(CertificateOptions options, byte[] digest, X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        Options = options;
        _digest = digest;
        ExpiresAt = leaf.NotAfter;
        _names = [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames())];
        Context = SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    /// <summary>Where it was read from.</summary>
    public CertificateOptions Options { get; }

    /// <summary>The certificate and those that it is signed by.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="CryptographicException">The files are no certificate with its key.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ServedCertificate Load(CertificateOptions options)
    {
        var digest = Digest(options);
        var chain = new X509Certificate2Collection();
        if (X509Certificate2.GetCertContentType(options.File) == X509ContentType.Pfx)
        {
            chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(options.File, options.Password);
            var leaf = chain.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
            return new ServedCertificate(options, digest, leaf, chain);
        }

        chain.ImportFromPemFile(options.File);
        var key = options.Key.Length == 0 ? options.File : options.Key;
        var certificate = options.Password.Length == 0
            ? X509Certificate2.CreateFromPemFile(options.File, key)
            : X509Certificate2.CreateFromEncryptedPemFile(options.File, options.Password, key);
        return new ServedCertificate(options, digest, certificate, chain);
    }

    /// <summary>True while the files are as they were read.</summary>
    public bool IsCurrent() => Digest(Options).AsSpan().SequenceEqual(_digest);

    /// <summary>True when it is for a name, by itself or by a wildcard for one label (RFC 6125 section 6.4.3).</summary>
    public bool IsFor(string name) => _names.Any(own =>
        string.Equals(own, name, StringComparison.OrdinalIgnoreCase)
        || (own.StartsWith("*.", StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && name.AsSpan(dot).Equals(own.AsSpan(1), StringComparison.OrdinalIgnoreCase)));

    private static byte[] Digest(CertificateOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(options.File));
        if (options.Key.Length > 0)
            hash.AppendData(File.ReadAllBytes(options.Key));
        return hash.GetHashAndReset();
    }
}
