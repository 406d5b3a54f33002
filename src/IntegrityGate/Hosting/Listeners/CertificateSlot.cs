using System.Security.Cryptography;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>One certificate of the settings, with the content of its files that is in force.</summary>
internal sealed class CertificateSlot(CertificateOptions options)
{
    private string _inForce = "";
    private string _seen = "";
    private string _refused = "";

    /// <summary>Its files.</summary>
    public CertificateOptions Options => options;

    /// <summary>What is in force; null before <see cref="Load"/> succeeded.</summary>
    public ServedCertificate? Current { get; private set; }

    /// <summary>Reads it for the first time.</summary>
    /// <returns>Why it cannot be used, or null.</returns>
    public string? Load()
    {
        try
        {
            var files = CertificateFiles.Read(options);
            Current = ServedCertificate.Load(files, options);
            _inForce = _seen = files.Fingerprint;
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>
    /// Looks whether it has changed. Certificate and key are two files that change one after the other, so a content that cannot be used
    /// is complained of, once, only when the next look finds it unchanged.
    /// </summary>
    public (bool HasChanged, string? Complaint) Look(DateTimeOffset now)
    {
        var fingerprint = "unreadable";
        string error;
        try
        {
            var files = CertificateFiles.Read(options);
            fingerprint = files.Fingerprint;
            if (fingerprint == _inForce)
            {
                (_seen, _refused) = (fingerprint, "");
                return (false, null);
            }

            if (fingerprint == _refused)
                return (false, null);
            var fresh = ServedCertificate.Load(files, options);
            if (fresh.IsValidAt(now) || !Current!.IsValidAt(now))
            {
                Current = fresh;
                (_inForce, _seen, _refused) = (fingerprint, fingerprint, "");
                return (true, null);
            }

            error = $"it is valid from {fresh.NotBefore:u} to {fresh.NotAfter:u} only";
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
        }

        var isSettled = fingerprint == _seen && fingerprint != _refused;
        _seen = fingerprint;
        if (isSettled)
            _refused = fingerprint;
        return (false, isSettled ? error : null);
    }
}
