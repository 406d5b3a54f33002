using System.Globalization;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Tests.H264;

namespace IntegrityGate.Media.Tests.Ffmpeg;

public sealed class ConfinedFfmpegTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("confined '-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_runs_with_the_limits_and_the_niceness_it_was_given()
    {
        var lines = await RunAsync("for limit in c f n v; do ulimit -$limit; done; nice");
        Assert.Equal(["0", "0", "64", "3145728"], lines[..4]);
        var own = int.Parse((await FfmpegTool.LinesAsync("nice")).Single(), CultureInfo.InvariantCulture);
        Assert.Equal(Math.Min(own + 7, 19), int.Parse(lines[4], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task It_can_write_no_file()
    {
        var path = Path.Combine(_folder.FullName, "written");
        await RunAsync("trap '' XFSZ; echo contents > \"$1\"; true", path);
        Assert.False(File.Exists(path) && new FileInfo(path).Length > 0);
    }

    [Fact]
    public async Task It_sees_no_network_but_an_unused_loopback()
    {
        var (code, _, reason) = await FfmpegTool.RunAsync("unshare", "--user", "--map-current-user", "--net", "true");
        Assert.SkipUnless(code == 0, "user namespaces are forbidden here: " + reason.Trim());
        var interfaces = (await RunAsync("cat /proc/net/dev"))[2..].Select(line => line.Split(':')[0].Trim());
        Assert.Equal(["lo"], interfaces);
        Assert.Equal("no route", (await RunAsync("[ \"$(wc -l < /proc/net/route)\" -le 1 ] && echo no route")).Single());
    }

    [Fact]
    public async Task Arguments_arrive_as_they_were_given() =>
        Assert.Equal(["-i", "unix:/tmp/a b'c", "$HOME"], await RunAsync("printf '%s\\n' \"$@\"", "-i", "unix:/tmp/a b'c", "$HOME"));

    private async Task<string[]> RunAsync(string script, params string[] arguments)
    {
        var program = Path.Combine(_folder.FullName, "ffmpeg");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var confined = new ConfinedFfmpeg(_folder.FullName, 7, 3L << 30);
        return await FfmpegTool.LinesAsync(Path.Combine(confined.Folder, "ffmpeg"), arguments);
    }
}
