using IntegrityGate.Hosting.Listeners;

namespace IntegrityGate.Configuration;

/// <summary>Reads what is about ports: <c>rtmp</c>, <c>rtmps</c>, <c>tls</c>, <c>http</c>, <c>grpc</c>, <c>shutdown</c> and <c>reusePort</c>.</summary>
internal static class ListenersReader
{
    public static RtmpListenOptions Rtmp(SectionReader s)
    {
        var limits = s.Section("limits");
        return new RtmpListenOptions(
            s.Address("address"),
            s.Integer("port", 0, 65535),
            s.Networks("proxies"),
            (int)limits.Size("maxMessage", 64 << 10, 16 << 20),
            (int)limits.Size("maxPartial", 64 << 10, 256 << 20),
            limits.Integer("maxChunkStreams", 8, 65600),
            limits.Duration("handshakeTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            limits.Duration("tlsHandshakeTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            limits.Duration("proxyHeaderTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            (int)limits.Size("maxProxyHeader", 232, 64 << 10),
            limits.Duration("idleTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            limits.Integer("maxConnections", 1, 1_000_000),
            limits.Integer("maxConnectionsPerAddress", 1, 1_000_000),
            limits.Integer("maxPublishesPerSecond", 1, 100_000),
            Loops(s.Section("loops")));
    }

    public static RtmpsListenOptions Rtmps(SectionReader s) =>
        new(s.Flag("enabled"), s.Address("address"), s.Integer("port", 0, 65535), s.Networks("proxies"));

    public static TlsOptions Tls(SectionReader s) => new(
        [.. s.Items("certificates").Select(c => new CertificateOptions(c.Required("file"), c.Text("key"), c.Text("password"), c.List("names")))],
        s.Duration("reload", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));

    public static ListenOptions Listen(SectionReader s, TlsOptions tls)
    {
        var listen = new ListenOptions(s.Address("address"), s.Integer("port", 0, 65535), s.Flag("tls"));
        if (listen.Tls && tls.Certificates.Count == 0)
            s.Fail("tls", "needs a certificate under tls.certificates");
        return listen;
    }

    public static ShutdownOptions Shutdown(SectionReader s)
    {
        var url = s.Text("reconnectUrl");
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "rtmp" or "rtmps"))
            s.Fail("reconnectUrl", "is not an rtmp:// or rtmps:// URL");
        return new ShutdownOptions(s.Duration("delay", TimeSpan.Zero, TimeSpan.FromMinutes(10)), s.Duration("grace", TimeSpan.Zero, TimeSpan.FromHours(1)), url);
    }

    public static bool ReusePort(SectionReader s)
    {
        var isOn = s.Flag("reusePort");
        if (isOn && !ListenSocket.CanReusePort)
            s.Fail("reusePort", "works on Linux only");
        return isOn;
    }

    // 20 ms: with a loop's pass of that length an audio packet would meet the next one.
    private static LoopOptions Loops(SectionReader s) => new(s.Integer("threads", 0, 256), s.Duration("gather", TimeSpan.Zero, TimeSpan.FromMilliseconds(20)));
}
