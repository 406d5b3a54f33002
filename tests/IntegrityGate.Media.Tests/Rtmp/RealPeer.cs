using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Programs of other makers that the tests talk to.</summary>
internal static class RealPeer
{
    public const string NginxModule = "/usr/lib/nginx/modules/ngx_rtmp_module.so";

    public static bool HasFfmpeg => Exists("ffmpeg");

    public static bool HasNginx => Exists("nginx") && File.Exists(NginxModule);

    /// <summary>A folder of its own for a test, gone at the end of it.</summary>
    public static TemporaryFolder Folder() => new();

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end; its complaints are in the failure's text.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await output;
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A port that was free a moment ago, for programs that cannot be told to pick one.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a port takes connections.</summary>
    public static async Task WaitForPortAsync(int port, Process process)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (started.Elapsed < TimeSpan.FromSeconds(15) && !process.HasExited)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Starts nginx-rtmp with the given <c>application</c> blocks.</summary>
    public static async Task<(Process Process, int Port)> StartNginxAsync(TemporaryFolder folder, string applications)
    {
        var port = FreePort();
        var config = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"load_module {NginxModule};\ndaemon off;\nmaster_process off;\npid {folder.Path}/nginx.pid;\n")
            .Append(CultureInfo.InvariantCulture, $"error_log {folder.Path}/error.log info;\nevents {{ worker_connections 64; }}\n")
            .Append(CultureInfo.InvariantCulture, $"rtmp {{ server {{ listen 127.0.0.1:{port}; chunk_size 4096;\n{applications}\n}} }}\n")
            .ToString();
        var path = System.IO.Path.Combine(folder.Path, "nginx.conf");
        await File.WriteAllTextAsync(path, config);
        var process = Start("nginx", "-p", folder.Path, "-c", path, "-e", System.IO.Path.Combine(folder.Path, "error.log"));
        await WaitForPortAsync(port, process);
        return (process, port);
    }

    public static void Stop(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static bool Exists(string program) => Find(program) is not null;

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':')
            .Select(folder => System.IO.Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
