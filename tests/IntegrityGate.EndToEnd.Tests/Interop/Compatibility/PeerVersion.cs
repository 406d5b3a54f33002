using System.Text.RegularExpressions;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests.Interop.Compatibility;

/// <summary>Asks the peers on this machine for their versions.</summary>
internal static partial class PeerVersion
{
    /// <summary>The version of a peer by its name in the report.</summary>
    public static async Task<string> OfAsync(string peer) => peer.Split(' ')[0] switch
    {
        "ffmpeg" => await AskAsync("ffmpeg", "-version"),
        "GStreamer" => await PackageAsync("gstreamer1.0-tools"),
        "mpv" => await AskAsync("mpv", "--version"),
        "VLC" => await PackageAsync("vlc-bin"),
        "OBS" => await PackageAsync("obs-studio"),
        "nginx-rtmp" => await PackageAsync("libnginx-mod-rtmp"),
        "mpegts.js" or "flv.js" => $"{await LibraryAsync(peer.Split(' ')[0])} in {await AskAsync("chromium", "--version")}",
        _ => "",
    };

    private static async Task<string> AskAsync(string program, string option) => Number().Match((await Tool.RunAsync(program, option)).Output).Value;

    private static async Task<string> LibraryAsync(string player) =>
        Number().Match(Path.GetFileName(Path.GetDirectoryName((await Tool.RunAsync("bash", BrowserPage.Fetcher, player)).Output.Trim()))!).Value;

    private static async Task<string> PackageAsync(string package) => Number().Match((await Tool.RunAsync("dpkg-query", "-W", "-f", "${Version}", package)).Output).Value;

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Number();
}
