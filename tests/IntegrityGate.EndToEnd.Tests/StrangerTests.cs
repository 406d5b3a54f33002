using System.Net.Sockets;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary>Bad input gets a clear answer and disturbs nobody else.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Garbage_half_handshakes_and_oversized_messages_disturb_no_neighbour()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: {nginx.Url}\nrtmp:\n  limits:\n    handshakeTimeout: 500ms\n");
        await using var neighbour = await Neighbour.StartAsync(nginx, gate, seconds: 6);

        var random = new Random(1);
        var garbage = new byte[64 << 10];
        random.NextBytes(garbage);
        byte[] c0c1 = [3, .. new byte[1536]];
        // After the handshake: a type-0 chunk whose length field says 16 MiB less one.
        byte[] oversized = [3, .. new byte[1536], .. new byte[1536], 0x04, 0, 0, 0, 0xFF, 0xFF, 0xFF, 9, 1, 0, 0, 0, .. new byte[128]];
        foreach (var bytes in (byte[][])[garbage, [3], c0c1, [3, .. garbage], "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), oversized])
            await ClosedByGateAsync(gate.RtmpPort, bytes);

        await neighbour.AssertUntouchedAsync();
    }

    [Fact]
    public async Task A_wrong_model_hash_is_named_at_start()
    {
        using var models = new TempFolder();
        using var data = new TempFolder();
        var (from, to) = (Path.Combine(Repository.Root, "models", "frame-v1"), models.In("frame-v1"));
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(to, "model.onnx"), "x", TestContext.Current.CancellationToken);

        await using var gate = GateProcess.Launch($"inspection:\n  models: {models.Path}\n", data);
        await gate.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, gate.Process.ExitCode);
        Assert.Contains("frame-v1/model.json: files.fp32", gate.Errors.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("sha256", gate.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_error_of_a_settings_file_is_named_at_once_with_its_path()
    {
        using var data = new TempFolder();
        await using var gate = GateProcess.Launch("rtmp:\n  prot: 1\n  limits:\n    maxMessage: lots\nstamp:\n  corner: middle\nupstream:\n  url: http://x\n", data);
        await gate.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, gate.Process.ExitCode);
        foreach (var path in (string[])["rtmp.prot", "rtmp.limits.maxMessage", "stamp.corner", "upstream.url"])
            Assert.Contains(path + ":", gate.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_YAML_is_named()
    {
        using var data = new TempFolder();
        await using var gate = GateProcess.Launch("rtmp: [unclosed\n", data);
        await gate.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, gate.Process.ExitCode);
        Assert.Contains("settings.yaml", gate.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", gate.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upstream_that_refuses_is_a_refusal_to_the_publisher()
    {
        await using var gate = await GateProcess.StartAsync($"upstream:\n  url: rtmp://127.0.0.1:{FreePort.Take()}/live\n  connectTimeout: 2s\n");
        var tool = await Tool.RunToEndAsync("ffmpeg", "-v", "error", "-re", "-i", await Clips.PlainAsync(seconds: 6), "-c", "copy", "-f", "flv", gate.Rtmp + "/refused");
        Assert.NotEqual(0, tool.Process.ExitCode);
        Assert.Equal("[]", await gate.Http.GetStringAsync("api/streams"));
    }

    private static async Task ClosedByGateAsync(int port, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            var buffer = new byte[8192];
            while (await stream.ReadAsync(buffer, limit.Token) > 0)
            {
                // The gate may answer its half of the handshake before it gives up.
            }
        }
        catch (IOException)
        {
            // A reset is a close.
        }
    }
}
