using System.Text.Json;
using IntegrityGate.EndToEnd.Tests.Support;

namespace IntegrityGate.EndToEnd.Tests;

/// <summary><c>integritygate scan</c> as a person at a terminal uses it.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task A_declared_file_without_a_label_ends_with_3_and_a_table_of_findings()
    {
        using var folder = new TempFolder();
        var file = folder.In("declared.mp4");
        await Tool.RunAsync("ffmpeg", "-v", "error", "-i", await Clips.PlainAsync(seconds: 6), "-c", "copy", "-movflags", "use_metadata_tags", "-metadata", "AIGC=" + Publisher.Declaration, file);

        var table = await ScanAsync(file, "--evidence", folder.In("evidence"));
        Assert.Equal(3, table.Process.ExitCode);
        Assert.Contains("label.missing", table.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder.In("evidence"), "*.jpg"));

        var json = await ScanAsync(file, "--json");
        Assert.Equal(3, json.Process.ExitCode);
        using var report = JsonDocument.Parse(json.Output);
        Assert.True(report.RootElement.GetProperty("violations").GetBoolean());
        Assert.Equal("confirmed", report.RootElement.GetProperty("verdict").GetProperty("tier").GetString());
        Assert.Equal("label.missing", report.RootElement.GetProperty("incidents")[0].GetProperty("violation").GetString());
    }

    [Fact]
    public async Task A_labelled_file_is_clean()
    {
        var scan = await ScanAsync(await Clips.LabelledAsync(seconds: 6));
        Assert.True(scan.Process.ExitCode == 0, scan.Output + scan.Errors);
        Assert.Contains("No finding", scan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Camera_footage_of_any_codec_is_clean()
    {
        Assert.SkipWhen(Repository.Shared is null, "the folder with third-party clips is absent");
        var scan = await ScanAsync(Path.Combine(Repository.Shared!, "media", "real", "talking-head-studio-wall-1.mpg"));
        Assert.True(scan.Process.ExitCode == 0, scan.Output + scan.Errors);
    }

    [Theory]
    [InlineData("/nowhere/at-all.mp4")]
    [InlineData("garbage")]
    public async Task What_cannot_be_read_ends_with_2_and_says_so(string input)
    {
        using var folder = new TempFolder();
        if (input == "garbage")
        {
            input = folder.In("garbage.mp4");
            await File.WriteAllBytesAsync(input, new byte[4096], TestContext.Current.CancellationToken);
        }

        var scan = await ScanAsync(input);
        Assert.Equal(2, scan.Process.ExitCode);
        Assert.Contains(Path.GetFileName(input), scan.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", scan.Errors, StringComparison.Ordinal);
    }

    private static Task<Tool> ScanAsync(params string[] arguments) =>
        Tool.RunToEndAsync("dotnet", [GateProcess.Program, "scan", "--models", Path.Combine(Repository.Root, "models"), .. arguments]);
}
