using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>The ports: TLS, IPv6, two gates on one port, and how a gate goes.</summary>
public sealed class ListenerTests
{
    private const string Quiet = "inspection:\n  enabled: false\n";

    [Fact]
    public async Task A_stream_comes_in_over_TLS_and_a_replaced_certificate_is_shown_without_a_restart()
    {
        using var folder = new TempFolder();
        using var old = Write(folder, TestCertificate.Create("localhost"));
        await using var gate = await GateProcess.StartAsync($"{Quiet}rtmps:\n  port: 0\ntls:\n  reload: 1s\n  certificates:\n    - file: {folder.In("tls.pem")}\n");
        var clip = await Clips.CornerAsync(seconds: 5);
        await using (var publisher = Publisher.Start(clip, string.Create(CultureInfo.InvariantCulture, $"rtmps://localhost:{gate.RtmpsPort}/live/secure")))
            await gate.StreamAsync("media", s => s.Counters.Packets > 20, publisher: publisher);
        await using (await ConnectAsync(gate, old))
        {
            await File.WriteAllTextAsync(folder.In("tls.pem"), "no certificate", TestContext.Current.CancellationToken);
            await Eventually.TrueAsync("the bad file to be refused", () => gate.Log.Contains("cannot be used", StringComparison.Ordinal), details: () => gate.Log);
            await using (await ConnectAsync(gate, old, "second"))
            using (var fresh = Write(folder, TestCertificate.Create("localhost")))
            {
                await Eventually.TrueAsync("the good file to be read", () => gate.Log.Contains("was read again", StringComparison.Ordinal), details: () => gate.Log);
                await using var third = await ConnectAsync(gate, fresh, "third");
            }
        }
    }

    [Fact]
    public async Task A_publisher_on_IPv6_is_as_good_as_any()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && await ListensAsync(IPAddress.IPv6Loopback), "this machine has no IPv6");
        await using var gate = await GateProcess.StartAsync(Quiet + "access:\n  addresses: [\"::1/128\"]\n");
        await using var publisher = Publisher.Start(await Clips.CornerAsync(seconds: 5), string.Create(CultureInfo.InvariantCulture, $"rtmp://[::1]:{gate.RtmpPort}/live/six"));
        await gate.StreamAsync("media", s => s.Counters.Packets > 20, publisher: publisher);
    }

    [Fact]
    public async Task A_second_gate_takes_the_port_over_while_the_first_one_goes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SO_REUSEPORT is tested on Linux");
        await using var blue = await GateProcess.StartAsync(Quiet + "reusePort: true\n");
        await using var green = await GateProcess.StartAsync(Quiet + "reusePort: true\n", rtmpPort: blue.RtmpPort);
        await blue.TerminateAsync();
        await blue.Process.WaitForExitAsync();
        Assert.Equal(0, blue.Process.ExitCode);
        await using var publisher = Publisher.Start(await Clips.CornerAsync(seconds: 5), green.Rtmp + "/over");
        await green.StreamAsync("media", s => s.Counters.Packets > 20, publisher: publisher);
    }

    [Fact]
    public async Task A_gate_that_goes_says_so_first_and_ends_its_streams_properly()
    {
        await using var upstream = await TestHost.StartAsync();
        await using var gate = await GateProcess.StartAsync($"{Quiet}upstream:\n  url: {upstream.Target.TcUrl}\nshutdown:\n  delay: 3s\n  grace: 0s\n");
        await using var publisher = Publisher.Start(await Clips.CornerAsync(seconds: 5), gate.Rtmp + "/last", repeat: true);
        var received = await upstream.Application.NextAsync();
        Assert.Equal(HttpStatusCode.OK, (await gate.Http.GetAsync("/health/ready")).StatusCode);
        await gate.TerminateAsync();
        await Eventually.TrueAsync("the gate to be not ready", async () => (await gate.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, details: () => gate.Log);
        Assert.Equal(HttpStatusCode.OK, (await gate.Http.GetAsync("/health/live")).StatusCode);
        var seen = received.Offered;
        await Eventually.TrueAsync("the stream to flow on meanwhile", () => received.Offered > seen, details: () => gate.Log);

        Assert.Equal(GateFault.PublisherEnded, (await received.Completed).Fault);
        await gate.Process.WaitForExitAsync();
        Assert.Equal(0, gate.Process.ExitCode);
        await Eventually.TrueAsync("the publisher to see the end", () => publisher.Process.HasExited);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        await using var gate = await GateProcess.StartAsync(Quiet + "shutdown:\n  delay: 10m\n");
        await gate.TerminateAsync();
        await Eventually.TrueAsync("the gate to be not ready", async () => (await gate.Http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, details: () => gate.Log);
        await gate.TerminateAsync();
        await Eventually.TrueAsync("the gate to be gone", () => gate.Process.HasExited);
        Assert.Equal(143, gate.Process.ExitCode);
    }

    private static X509Certificate2 Write(TempFolder folder, X509Certificate2 certificate)
    {
        File.WriteAllText(folder.In("tls.new"), TestCertificate.Pem(certificate));
        File.Move(folder.In("tls.new"), folder.In("tls.pem"), overwrite: true);
        return certificate;
    }

    private static Task<RtmpClient> ConnectAsync(GateProcess gate, X509Certificate2 expected, string key = "first") => RtmpClient.PublishAsync(
        new RtmpTarget("localhost", gate.RtmpsPort, true, "live"),
        new RtmpClientOptions { Key = new StreamKey(key), CertificateSha256 = expected.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) },
        new PacketPool(),
        TimeProvider.System,
        NullLogger.Instance,
        TestContext.Current.CancellationToken);

    private static async Task<bool> ListensAsync(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        try
        {
            listener.Start();
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
