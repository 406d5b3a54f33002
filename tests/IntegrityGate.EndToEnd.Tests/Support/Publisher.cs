namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>ffmpeg as an encoder: publishes a clip at the speed of life, byte for byte.</summary>
internal static class Publisher
{
    /// <summary>The AIGC metadata of a stream that declares itself generated (GB 45438-2025 Annex E, bare form as TC260's container guide has it).</summary>
    public const string Declaration =
        """{"Label":"1","ContentProducer":"001191110102MAD55U9H0F10002","ProduceID":"demo-1","ReservedCode1":"","ContentPropagator":"001191110102MAD55U9H0F10002","PropagateID":"demo-1","ReservedCode2":""}""";

    /// <param name="clip">What to publish.</param>
    /// <param name="url">Where to.</param>
    /// <param name="declare">True to send <see cref="Declaration"/> in the metadata.</param>
    /// <param name="repeat">True to begin again at the end, for as long as it takes.</param>
    public static Tool Start(string clip, string url, bool declare = false, bool repeat = false) =>
        Tool.Start("ffmpeg", Arguments(clip, url, declare, repeat));

    public static async Task PublishAsync(string clip, string url, bool declare = false)
    {
        var tool = await Tool.RunToEndAsync("ffmpeg", Arguments(clip, url, declare, repeat: false));
        Assert.True(tool.Process.ExitCode == 0, $"publishing failed:\n{tool.Errors}");
    }

    private static string[] Arguments(string clip, string url, bool declare, bool repeat) =>
    [
        "-v", "warning", "-re", .. repeat ? (string[])["-stream_loop", "-1"] : [], "-i", clip, "-map", "0:v", "-map", "0:a", "-c", "copy",
        .. declare ? (string[])["-metadata", "AIGC=" + Declaration] : [],
        "-f", "flv", "-flvflags", "no_duration_filesize", url,
    ];
}
