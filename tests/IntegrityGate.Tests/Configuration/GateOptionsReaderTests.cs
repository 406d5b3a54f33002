using IntegrityGate.Configuration;
using IntegrityGate.Core.Judging;
using Microsoft.Extensions.Configuration;

namespace IntegrityGate.Tests.Configuration;

public sealed class GateOptionsReaderTests
{
    [Fact]
    public void The_embedded_defaults_are_valid_and_safe()
    {
        var options = GateOptionsReader.Read(GateConfiguration.Build(null, Flags()));
        Assert.Equal(1935, options.Rtmp.Port);
        Assert.Equal(System.Net.IPAddress.Loopback, options.Http.Address);
        Assert.Equal(System.Net.IPAddress.Loopback, options.Grpc.Address);
        Assert.Null(options.Upstream.Target);
        Assert.Equal(Core.Judging.EnforcementAct.Report, options.Policy.DetectorReview);
        Assert.Equal(Core.Judging.EnforcementAct.Stamp, options.Policy.Metadata);
        Assert.Equal(LabelCorner.TopRight, options.Stamp.Corner);
    }

    [Fact]
    public void All_errors_come_at_once_each_with_its_path()
    {
        var exception = Assert.Throws<ConfigurationException>(() => GateOptionsReader.Read(GateConfiguration.Build(null, Flags(
            ("rtmp:port", "70000"),
            ("rtmp:limits:maxMessage", "lots"),
            ("upstream:url", "http://origin/app"),
            ("inspection:interval", "2"),
            ("policy:metadata", "shout"),
            ("stamp:preset", "placebo"),
            ("platform:code", "平台")))));
        Assert.Collection(
            exception.Errors.Order(StringComparer.Ordinal),
            e => Assert.StartsWith("inspection.interval:", e, StringComparison.Ordinal),
            e => Assert.StartsWith("platform.code:", e, StringComparison.Ordinal),
            e => Assert.Equal("policy.metadata: 'shout' is not one of observe, report, stamp, block", e),
            e => Assert.StartsWith("rtmp.limits.maxMessage: 'lots' is not a size", e, StringComparison.Ordinal),
            e => Assert.Equal("rtmp.port: 70000 is not between 0 and 65535", e),
            e => Assert.StartsWith("stamp.preset: 'placebo'", e, StringComparison.Ordinal),
            e => Assert.StartsWith("upstream.url:", e, StringComparison.Ordinal));
    }

    [Fact]
    public void Listening_has_defaults_bounds_and_a_pace_of_its_own_on_each_route()
    {
        var options = GateOptionsReader.Read(GateConfiguration.Build(null, Flags(
            ("routes:0:name", "quiet"), ("routes:0:app", "quiet"), ("routes:0:inspection:audio:enabled", "false"), ("inspection:audio:window", "20s"))));
        Assert.Equal(new AudioOptions(true, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), "", ""), options.Inspection.Audio);
        Assert.Equal([("quiet", false), ("default", true)], options.Routes.Routes.Select(route => (route.Name, route.Inspection.Audio.Enabled)));
        Assert.True(options.Listens);
        Assert.Equal(Core.Judging.EnforcementAct.Report, options.Policy.AudibleMark);
        var errors = Assert.Throws<ConfigurationException>(() => GateOptionsReader.Read(GateConfiguration.Build(null, Flags(
            ("inspection:audio:interval", "0s"), ("inspection:audio:window", "2m"), ("inspection:audio:enabled", "loud"), ("routes:0:inspection:audio:clips", "elsewhere"))))).Errors;
        foreach (var path in (string[])["inspection.audio.interval: ", "inspection.audio.window: ", "inspection.audio.enabled: ", "routes.0.inspection.audio.clips: is not a setting"])
            Assert.Contains(errors, error => error.StartsWith(path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inspection:provider", "cuda", "inspection.provider: cuda is not in this build's ONNX Runtime; present: cpu (publish with -p:OnnxProvider=Cuda for it)")]
    [InlineData("inspection:provider", "openvino", "inspection.provider: openvino is not in this build's ONNX Runtime; present: cpu (publish with -p:OnnxProvider=OpenVino for it)")]
    [InlineData("inspection:provider", "tpu", "inspection.provider: 'tpu' is not one of cpu, cuda, openVino, directML")]
    [InlineData("inspection:cascade:margin", "-1", "inspection.cascade.margin: -1 is not between 0 and 100")]
    [InlineData("inspection:modelsReload", "2d", "inspection.modelsReload: 2.00:00:00 is not between 00:00:00 and 1.00:00:00")]
    public void What_looking_cannot_run_with_is_refused(string key, string value, string expected)
    {
        var exception = Assert.Throws<ConfigurationException>(() => GateOptionsReader.Read(GateConfiguration.Build(null, Flags((key, value)))));
        Assert.Equal([expected], exception.Errors);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("0.5", 0.5)]
    public void The_cascades_margin_is_the_models_unless_it_is_set(string text, double? expected) =>
        Assert.Equal(expected, GateOptionsReader.Read(GateConfiguration.Build(null, Flags(("inspection:cascade:margin", text)))).Inspection.Cascade.Margin);

    [Theory]
    [InlineData("rtmp:prot", "rtmp.prot: is not a setting")]
    [InlineData("stamp:hieght", "stamp.hieght: is not a setting")]
    public void A_misspelt_key_is_an_error_and_not_a_silent_default(string key, string expected)
    {
        var exception = Assert.Throws<ConfigurationException>(() => GateOptionsReader.Read(GateConfiguration.Build(null, Flags((key, "1")))));
        Assert.Equal([expected], exception.Errors);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("2s", 2)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120)]
    public void Durations_have_units(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), GateOptionsReader.Read(GateConfiguration.Build(null, Flags(("inspection:interval", text)))).Inspection.Interval);

    [Fact]
    public void A_file_overrides_the_defaults_and_flags_override_the_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "rtmp:\n  port: 1936\nhttp:\n  port: 8090\nrules:\n  packs: [cn-2025, other]\n");
            var options = GateOptionsReader.Read(GateConfiguration.Build(file, Flags(("http:port", "8091"))));
            Assert.Equal(1936, options.Rtmp.Port);
            Assert.Equal(8091, options.Http.Port);
            Assert.Equal(["cn-2025", "other"], options.Rules.Selection.Packs);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_same_settings_are_equal_so_that_a_reload_is_a_difference()
    {
        GateOptions Read() => GateOptionsReader.Read(GateConfiguration.Build(null, Flags()));
        Assert.Equal(Read(), Read());
    }

    [Fact]
    public void Every_setting_has_a_comment_or_stands_under_one()
    {
        using var reader = new StreamReader(GateConfiguration.OpenDefaults());
        var undocumented = new List<string>();
        var commentAbove = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.TrimStart().StartsWith('#'))
                commentAbove = true;
            else if (line.Trim().Length == 0)
                commentAbove = false;
            else if (!commentAbove && !line.Contains('#', StringComparison.Ordinal))
                undocumented.Add(line);
        }

        Assert.Empty(undocumented);
    }

    private static Dictionary<string, string?> Flags(params (string Key, string Value)[] flags) => flags.ToDictionary(f => f.Key, f => (string?)f.Value);
}
