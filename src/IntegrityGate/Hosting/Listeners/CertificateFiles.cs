using System.Security.Cryptography;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>What stood in a certificate's files at one moment.</summary>
/// <param name="Certificate">Bytes of the certificate's file.</param>
/// <param name="Key">Bytes of the key's file; empty when there is none.</param>
/// <param name="Fingerprint">Tells one content from another.</param>
internal sealed record CertificateFiles(byte[] Certificate, byte[] Key, string Fingerprint)
{
    /// <summary>Longest file that is read. 1 MiB: a chain of five certificates has 10 KiB.</summary>
    private const long MaxBytes = 1 << 20;

    /// <summary>Reads the files. By content, not by time stamp: mounted secrets change by a link, and keep old stamps.</summary>
    /// <exception cref="IOException">A file cannot be read or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static CertificateFiles Read(CertificateOptions options)
    {
        var certificate = Read(options.File);
        var key = options.Key.Length == 0 ? [] : Read(options.Key);
        return new CertificateFiles(certificate, key, Convert.ToHexString(SHA256.HashData([.. SHA256.HashData(certificate), .. SHA256.HashData(key)])));
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > MaxBytes)
            throw new IOException($"{path} has {file.Length} bytes; a certificate has fewer than {MaxBytes}");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
