using System.Net.Security;
using System.Security.Authentication;
using IntegrityGate.Configuration;

namespace IntegrityGate.Hosting.Listeners;

/// <summary>
/// The certificates in force. Their files are looked at now and then; a changed one holds for connections that come after it, and one that
/// cannot be used changes nothing but the log. Connections that are open keep what they began with.
/// </summary>
internal sealed partial class CertificateStore : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CertificateSlot[] _slots;
    private readonly ITimer _timer;
    private CertificateSet _current;

    /// <summary>Loads them.</summary>
    /// <exception cref="ConfigurationException">One cannot be used; every error is in it.</exception>
    public CertificateStore(TlsOptions options, TimeProvider time, ILogger<CertificateStore> logger)
    {
        _time = time;
        _logger = logger;
        _slots = [.. options.Certificates.Select(certificate => new CertificateSlot(certificate))];
        List<string> errors = [];
        foreach (var (slot, index) in _slots.Select((slot, index) => (slot, index)))
        {
            if (slot.Load() is { } error)
                errors.Add($"tls.certificates.{index}: {slot.Options} cannot be used: {error}");
            else if (!slot.Current!.IsValidAt(time.GetUtcNow()))
                Log.OutOfDate(logger, slot.Options.File, slot.Current.NotBefore, slot.Current.NotAfter);
        }

        if (errors.Count > 0)
            throw new ConfigurationException(errors);
        _current = new CertificateSet([.. _slots.Select(slot => slot.Current!)]);
        Measure();
        _timer = time.CreateTimer(static store => ((CertificateStore)store!).Look(), this, options.Reload, options.Reload);
    }

    /// <summary>TLS settings for an RTMP connection. RTMP has no name in ALPN (RFC 7301): whatever a client offers there is passed over.</summary>
    /// <param name="name">The name that the client asks for; empty when it asks for none.</param>
    public SslServerAuthenticationOptions Select(string name)
    {
        var options = SelectForHttp(name);
        options.ApplicationProtocols = [];
        return options;
    }

    /// <summary>TLS settings for an HTTP connection; a fresh object each, since Kestrel completes it by the port's protocols.</summary>
    /// <param name="name">The name that the client asks for; empty when it asks for none.</param>
    public SslServerAuthenticationOptions SelectForHttp(string name) => new()
    {
        ServerCertificateContext = Volatile.Read(ref _current).Find(name).Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, // RFC 8996: older versions are not to be used
        AllowRenegotiation = false,
    };

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            var now = _time.GetUtcNow();
            var hasChanged = false;
            foreach (var slot in _slots)
            {
                var (changed, complaint) = slot.Look(now);
                hasChanged |= changed;
                if (changed)
                    Log.Reloaded(_logger, slot.Options.File, slot.Current!.Thumbprint, slot.Current.NotAfter);
                if (complaint is not null)
                    Log.Refused(_logger, slot.Options.File, complaint);
                if (changed || complaint is not null)
                    TlsMetrics.Reloads.Add(1, new KeyValuePair<string, object?>("outcome", changed ? "taken" : "refused"));
            }

            if (hasChanged)
                Volatile.Write(ref _current, new CertificateSet([.. _slots.Select(slot => slot.Current!)]));
            Measure();
        }
#pragma warning disable CA1031 // a timer's edge: the certificates in force go on, and the next look may go better
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LookFailed(_logger, exception);
        }
    }

    private void Measure()
    {
        foreach (var slot in _slots)
        {
            TlsMetrics.Expiry.Record(
                (slot.Current!.NotAfter - _time.GetUtcNow()).TotalSeconds, new KeyValuePair<string, object?>("name", slot.Current.Names[0]));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6420, LogLevel.Information, "The certificate {File} was read again: {Thumbprint}, good until {NotAfter}.")]
        public static partial void Reloaded(ILogger logger, string file, string thumbprint, DateTimeOffset notAfter);

        [LoggerMessage(6421, LogLevel.Error, "The changed certificate {File} cannot be used and the old one is shown on: {Error}")]
        public static partial void Refused(ILogger logger, string file, string error);

        [LoggerMessage(6422, LogLevel.Error, "Certificate {File} is valid from {NotBefore} to {NotAfter} only: clients will refuse it.")]
        public static partial void OutOfDate(ILogger logger, string file, DateTimeOffset notBefore, DateTimeOffset notAfter);

        [LoggerMessage(6423, LogLevel.Error, "The certificates could not be looked at.")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
