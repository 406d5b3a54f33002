using System.Globalization;
using System.Text.Json;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>OBS Studio on a virtual screen, with a profile of its own: it streams a clip over and over and records what it streams.</summary>
internal sealed class ObsEncoder : IAsyncDisposable
{
    private readonly TempFolder _home = new();
    private readonly Tool _obs;

    private ObsEncoder(string clip, string server, string key)
    {
        var settings = Path.Combine(_home.Path, "obs-studio");
        Directory.CreateDirectory(Path.Combine(settings, "basic", "profiles", "gate"));
        Directory.CreateDirectory(Path.Combine(settings, "basic", "scenes"));
        File.WriteAllText(Path.Combine(settings, "global.ini"), "[General]\nFirstRun=true\nEnableAutoUpdates=false\n");
        File.WriteAllText(Path.Combine(settings, "basic", "profiles", "gate", "basic.ini"), Profile());
        File.WriteAllText(
            Path.Combine(settings, "basic", "profiles", "gate", "service.json"),
            JsonSerializer.Serialize(new { type = "rtmp_custom", settings = new { server, key, use_auth = false } }));
        File.WriteAllText(Path.Combine(settings, "basic", "scenes", "gate.json"), Scene(clip));
        _obs = Tool.Start(
            "xvfb-run",
            [
                "--auto-servernum", "--server-args=-screen 0 1024x768x24", "obs", "--multi", "--profile", "gate", "--collection", "gate",
                "--startstreaming", "--startrecording", "--minimize-to-tray", "--disable-missing-files-check", "--disable-updater",
            ],
            _home.Path,
            new Dictionary<string, string> { ["HOME"] = _home.Path, ["XDG_CONFIG_HOME"] = _home.Path, ["XDG_RUNTIME_DIR"] = _home.Path, ["LIBGL_ALWAYS_SOFTWARE"] = "1" });
    }

    public string Log => _obs.Output + _obs.Errors;

    /// <summary>What there is of its own recording; null before the first bytes.</summary>
    public string? RecordingSoFar => Directory.GetFiles(_home.Path, "*.flv").FirstOrDefault();

    public static ObsEncoder Start(string clip, string server, string key)
    {
        Installed.OrSkip("obs");
        Installed.OrSkip("xvfb-run");
        return new ObsEncoder(clip, server, key);
    }

    public async ValueTask DisposeAsync()
    {
        await _obs.DisposeAsync();
        _home.Dispose();
    }

    // A recording in "Stream" quality shares the stream's encoder.
    private string Profile() => string.Create(CultureInfo.InvariantCulture, $"""
        [General]
        Name=gate
        [Video]
        BaseCX=640
        BaseCY=360
        OutputCX=640
        OutputCY=360
        FPSType=1
        FPSInt=30
        [Output]
        Mode=Simple
        Reconnect=false
        [SimpleOutput]
        VBitrate=800
        ABitrate=96
        StreamEncoder=x264
        UseAdvanced=true
        Preset=ultrafast
        x264Settings=keyint=30
        RecQuality=Stream
        RecFormat=flv
        FilePath={_home.Path}
        """);

    private static string Scene(string clip) => $$$"""
        {"name":"gate","current_scene":"Scene","current_program_scene":"Scene","scene_order":[{"name":"Scene"}],"sources":[
        {"id":"scene","name":"Scene","settings":{"id_counter":1,"items":[{"name":"Clip","id":1,"visible":true,"pos":{"x":0.0,"y":0.0},"scale":{"x":0.5,"y":0.5}}]}},
        {"id":"ffmpeg_source","name":"Clip","settings":{"is_local_file":true,"local_file":{{{JsonSerializer.Serialize(clip)}}},"looping":true,"hw_decode":false},"mixers":255}]}
        """;
}
