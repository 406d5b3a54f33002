using System.Collections.Concurrent;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Amf;
using IntegrityGate.Media.Rtmp;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Keys and tokens do not reach the log, whatever is logged.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task No_log_line_shows_a_credential_and_a_TCP_probe_leaves_none()
    {
        var logs = new Lines();
        await using (var host = await TestHost.StartAsync(new IngestLimits { CloseLinger = TimeSpan.Zero }, logs: logs))
        {
            var probe = await ScriptedPeer.ConnectAsync(host.Port);
            await Eventually.IsTrue(() => host.Server.Connections == 1, "the probe is in");
            probe.Dispose();
            await Eventually.IsTrue(() => host.Server.Connections == 0, "the probe is gone");
            Assert.DoesNotContain(logs, line => line.Contains("RTMP connection", StringComparison.Ordinal));

            using var peer = await ScriptedPeer.PublishAsync(host.Port, "s3cret?sign=s3cret", new AmfObject
            {
                { "app", "live?token=s3cret" }, { "tcUrl", "rtmp://h/live?token=s3cret" }, { "flashVer", "Script" },
            });
            var publication = await host.Application.NextAsync();
            publication.EndNow(new PublicationEnd(GateFault.PolicyBlocked, RtmpStatus.PublishDenied, "no"));
            await peer.ToEndAsync();
            await publication.Completed;
        }

        Assert.Contains(logs, line => line.Contains("publishes to app live", StringComparison.Ordinal));
        Assert.DoesNotContain(logs, line => line.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", new PublishRequest("1", null, "live?t=s3cret", "rtmp://h/live?t=s3cret", new StreamKey("s3cret"), "", "live", []).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", new RtmpClientOptions { Key = new StreamKey("s3cret"), App = "live?t=s3cret", TcUrl = "rtmp://h/live?t=s3cret" }.ToString(), StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger, IEnumerable<string>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

        public IEnumerator<string> GetEnumerator() => _lines.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
        }
    }
}
