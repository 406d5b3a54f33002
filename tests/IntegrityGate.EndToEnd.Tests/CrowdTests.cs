using System.Globalization;
using System.Net.Sockets;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Many hostile peers at once: the gate's memory keeps its bound and a neighbour loses nothing.</summary>
public sealed class CrowdTests
{
    /// <summary>
    /// What a thousand strangers may add to the gate's private memory, in MiB: four times what was measured. Each has a Kestrel block and a
    /// session; those who announce 16 MiB messages are cut before they have sent one.
    /// </summary>
    private const long BudgetMiB = 100;

    [Fact]
    public async Task A_thousand_half_open_handshakes_and_sixty_thousand_announced_messages_cost_a_bounded_sum()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\ninspection:\n  enabled: false\nrtmp:\n  limits:\n    maxConnectionsPerAddress: 2000\n    handshakeTimeout: 60s\n");
        await using var neighbour = await Neighbour.StartAsync(nginx, gate, seconds: 12);
        var before = PrivateMiB(gate);

        var peers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 1000; i++)
                peers.Add(await OpenAsync(gate, half: true));
            for (var i = 0; i < 50; i++)
                peers.Add(await OpenAsync(gate, half: false));
            var grown = PrivateMiB(gate) - before;
            Assert.True(grown < BudgetMiB, $"the crowd added {grown} MiB to {before}");
        }
        finally
        {
            peers.ForEach(p => p.Dispose());
        }

        await neighbour.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_thousand_half_open_TLS_handshakes_cost_a_bounded_sum()
    {
        using var files = new TempFolder();
        using var certificate = TestCertificate.Create("localhost");
        await File.WriteAllTextAsync(files.In("tls.pem"), TestCertificate.Pem(certificate), TestContext.Current.CancellationToken);
        await using var gate = await GateProcess.StartAsync(
            $"inspection:\n  enabled: false\nrtmps:\n  port: 0\ntls:\n  certificates:\n    - file: {files.In("tls.pem")}\nrtmp:\n  limits:\n    maxConnectionsPerAddress: 2000\n    tlsHandshakeTimeout: 60s\n");
        var before = PrivateMiB(gate);
        var peers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                var client = new TcpClient();
                peers.Add(client);
                await client.ConnectAsync("127.0.0.1", gate.RtmpsPort, TestContext.Current.CancellationToken);
                await client.GetStream().WriteAsync(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC }, TestContext.Current.CancellationToken);
            }

            await Eventually.TrueAsync("all to be accepted", () => Directory.GetFiles($"/proc/{gate.Pid}/fd").Length > 1000, details: () => gate.Log);
            var grown = PrivateMiB(gate) - before;
            Assert.True(grown < BudgetMiB, $"the crowd added {grown} MiB to {before}");
            Assert.Equal("Healthy", await gate.Http.GetStringAsync(new Uri("health/ready", UriKind.Relative), TestContext.Current.CancellationToken));
        }
        finally
        {
            peers.ForEach(p => p.Dispose());
        }
    }

    private static async Task<TcpClient> OpenAsync(GateProcess gate, bool half)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gate.RtmpPort);
        var stream = client.GetStream();
        if (half)
        {
            await stream.WriteAsync(new byte[] { 3, 1, 2, 3 });
            return client;
        }

        try
        {
            // A whole handshake, then the head and the first byte of a message of 16 MiB less one on one chunk stream after the other.
            byte[] hello = [3, .. new byte[1536 + 1536]];
            await stream.WriteAsync(hello);
            var chunks = new MemoryStream();
            for (var id = 0; id < 60_000; id++)
                chunks.Write([0x01, (byte)id, (byte)(id >> 8), 0, 0, 0, 0xFF, 0xFF, 0xFF, 9, 1, 0, 0, 0, .. new byte[128]]);
            await stream.WriteAsync(chunks.ToArray());
        }
        catch (IOException)
        {
            // Cut in the middle of it, as it should be.
        }

        return client;
    }

    private static long PrivateMiB(GateProcess gate) =>
        File.ReadLines($"/proc/{gate.Pid}/smaps_rollup").Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;
}
