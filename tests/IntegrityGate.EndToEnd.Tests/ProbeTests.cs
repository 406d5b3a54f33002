using System.Text.Json;
using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Media.Tests.Rtmp;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary><c>integritygate probe</c> against servers that work and servers that do not.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task A_server_that_works_gives_back_what_it_got()
    {
        await using var nginx = await NginxRtmp.StartAsync();
        var (code, steps) = await ProbeAsync(nginx.Url + "/probe", "--play", nginx.Url + "/probe", "--seconds", "3");
        Assert.Equal(0, code);
        Assert.Equal(
            ["resolve", "tcp", "handshake", "connect", "createStream", "publish", "capabilities", "play tcp", "play handshake", "play connect", "play createStream", "play play", "media", "play"],
            steps.Select(s => s.Stage));
        Assert.Equal("none of enhanced RTMP", steps.Single(s => s.Stage == "capabilities").Detail);
        Assert.Matches(@"^\d+ pictures came back, byte for byte as sent$", steps[^1].Detail);
    }

    [Fact]
    public async Task A_gate_that_labels_is_seen_to_label()
    {
        await using var gate = await GateProcess.StartAsync();
        var (code, steps) = await ProbeAsync(gate.Rtmp + "/probe?aigc=1", "--play", gate.Rtmp + "/probe", "--seconds", "5");
        Assert.Equal(0, code);
        Assert.Contains("re-encoded", steps[^1].Detail, StringComparison.Ordinal);
        Assert.Contains("metadata says AI-generated", steps[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_at_TCP()
    {
        var (code, steps) = await ProbeAsync($"rtmp://127.0.0.1:{FreePort.Take()}/live/secret");
        Assert.Equal((3, "tcp", false), (code, steps[^1].Stage, steps[^1].Ok));
    }

    [Fact]
    public async Task A_server_that_refuses_is_named_with_its_words()
    {
        await using var host = await TestHost.StartAsync();
        host.Application.OnPublish = (_, _) => ValueTask.FromResult<PublishAnswer>(new PublishAnswer.Refused(RtmpStatus.PublishBadName, "not today"));
        var (code, steps) = await ProbeAsync($"{host.Target.TcUrl}/secret");
        Assert.Equal((3, "publish", false), (code, steps[^1].Stage, steps[^1].Ok));
        Assert.Contains("not today", steps[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_does_not_come_out_is_no_success()
    {
        await using var host = await TestHost.StartAsync();
        var (code, steps) = await ProbeAsync($"{host.Target.TcUrl}/secret", "--play", $"{host.Target.TcUrl}/secret", "--seconds", "1", "--timeout", "3");
        Assert.Equal((3, "play", false), (code, steps[^1].Stage, steps[^1].Ok));
    }

    [Theory]
    [InlineData("http://x/y/z", "URL: an RTMP address starts with")]
    [InlineData("rtmp://host/app/", "URL: an address to publish to")]
    public async Task A_bad_address_is_named(string url, string error)
    {
        var tool = await Tool.RunToEndAsync("dotnet", GateProcess.Program, "probe", url);
        Assert.Equal(2, tool.Process.ExitCode);
        Assert.Contains(error, tool.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, List<Step> Steps)> ProbeAsync(params string[] arguments)
    {
        var tool = await Tool.RunToEndAsync("dotnet", [GateProcess.Program, "probe", "--json", .. arguments]);
        Assert.True(tool.Output.StartsWith('{'), tool.Output + tool.Errors);
        Assert.DoesNotContain("secret", tool.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(tool.Output);
        return (tool.Process.ExitCode, report.RootElement.GetProperty("steps").Deserialize<List<Step>>(JsonSerializerOptions.Web)!);
    }

    private sealed record Step(string Stage, bool Ok, double TookMs, string Detail);
}
