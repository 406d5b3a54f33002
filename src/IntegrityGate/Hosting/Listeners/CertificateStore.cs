using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>
/// The certificates of the TLS ports. The files are looked at again at intervals, whichever way they are replaced (also by a link
/// that is turned, as orchestrators do); a file that cannot be used changes nothing but the log. Open connections keep what they have.
/// </summary>
internal sealed partial class CertificateStore : IDisposable
{
    private readonly TlsOptions _options;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private IReadOnlyList<ServedCertificate> _certificates;

    /// <summary>Loads the certificates.</summary>
    /// <exception cref="ConfigurationException">One cannot be used.</exception>
    public CertificateStore(TlsOptions options, TimeProvider time, ILogger<CertificateStore> logger)
    {
        _options = options;
        _logger = logger;
        var errors = new List<string>();
        _certificates = [.. options.Certificates.Select((certificate, index) => Load(certificate, index, errors)).OfType<ServedCertificate>()];
        if (errors.Count > 0)
            throw new ConfigurationException(errors);
        _timer = time.CreateTimer(_ => Refresh(), null, options.Reload, options.Reload);
    }

    /// <summary>TLS settings for the name that a client asked for; empty when it asked for none.</summary>
    public SslServerAuthenticationOptions Select(string name)
    {
        var certificates = Volatile.Read(ref _certificates);
        var served = certificates.FirstOrDefault(c => c.IsFor(name)) ?? certificates[0];
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = served.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, // RFC 8996: older versions are not to be used
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Refresh()
    {
        var fresh = Volatile.Read(ref _certificates).Select(Refreshed).ToList();
        Volatile.Write(ref _certificates, fresh);
    }

    private ServedCertificate Refreshed(ServedCertificate old)
    {
        try
        {
            if (old.IsCurrent())
                return old;
            var fresh = ServedCertificate.Load(old.Options);
            Log.Reloaded(_logger, old.Options.File, fresh.ExpiresAt);
            return fresh;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            Log.Unusable(_logger, old.Options.File, exception.Message);
            return old;
        }
    }

    private static ServedCertificate? Load(CertificateOptions certificate, int index, List<string> errors)
    {
        try
        {
            return ServedCertificate.Load(certificate);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"tls.certificates.{index}: {certificate} cannot be used: {exception.Message}");
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6420, LogLevel.Information, "The certificate {File} was read again; it is good until {ExpiresAt}.")]
        public static partial void Reloaded(ILogger logger, string file, DateTimeOffset expiresAt);

        [LoggerMessage(6421, LogLevel.Error, "The changed certificate {File} cannot be used and the old one is shown on: {Reason}")]
        public static partial void Unusable(ILogger logger, string file, string reason);
    }
}
