namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Skips a test, visibly, where a program that is not ours is absent.</summary>
internal static class Installed
{
    public static void OrSkip(string program) =>
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed");

    public static async Task GStreamerOrSkipAsync(params string[] elements)
    {
        OrSkip("gst-launch-1.0");
        OrSkip("gst-inspect-1.0");
        foreach (var element in elements)
            Assert.SkipUnless((await Tool.RunToEndAsync("gst-inspect-1.0", "--exists", element)).Process.ExitCode == 0, $"GStreamer has no {element}");
    }
}
