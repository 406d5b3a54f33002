namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>A real nginx-rtmp: takes streams under <c>/live</c>, records each to an FLV file, copies metadata to players.</summary>
internal sealed class NginxRtmp : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Tool _nginx;

    private NginxRtmp(int port)
    {
        Port = port;
        var config = _folder.In("nginx.conf");
        File.WriteAllText(config, $$"""
            load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
            daemon off;
            worker_processes 1;
            user root;
            pid {{_folder.In("nginx.pid")}};
            error_log {{_folder.In("error.log")}} info;
            events { worker_connections 256; }
            rtmp {
              server {
                listen 127.0.0.1:{{port}};
                max_message 10M;
                application live {
                  live on;
                  meta copy;
                  wait_key on;
                  record all;
                  record_path {{_folder.Path}};
                  record_suffix .flv;
                }
              }
            }
            """);
        _nginx = Tool.Start("nginx", ["-p", _folder.Path, "-c", config, "-e", _folder.In("start.log")]);
    }

    public int Port { get; }

    public string Url => $"rtmp://127.0.0.1:{Port}/live";

    public static async Task<NginxRtmp> StartAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/nginx/modules/ngx_rtmp_module.so"), "nginx with libnginx-mod-rtmp is not installed");
        var nginx = new NginxRtmp(FreePort.Take());
        await Eventually.TrueAsync("nginx to listen", () => nginx.Listens(), details: () => nginx._nginx.Errors);
        return nginx;
    }

    /// <summary>The recording of a stream, once its publisher is gone and the file is whole.</summary>
    public async Task<string> RecordingAsync(string name)
    {
        var path = _folder.In(name + ".flv");
        await Eventually.TrueAsync($"the recording of {name}", () => File.Exists(path) && new FileInfo(path).Length > 0, details: Log);
        long length = -1;
        await Eventually.TrueAsync("the recording to be whole", async () =>
        {
            var before = length;
            length = new FileInfo(path).Length;
            await Task.Delay(200);
            return before == length;
        });
        return path;
    }

    /// <summary>What there is of the recording of a stream that is still published; null before its first bytes.</summary>
    public string? RecordingSoFar(string name) => File.Exists(_folder.In(name + ".flv")) ? _folder.In(name + ".flv") : null;

    public string Log() => File.Exists(_folder.In("error.log")) ? File.ReadAllText(_folder.In("error.log")) : "";

    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        _folder.Dispose();
    }

    private bool Listens()
    {
        try
        {
            using var socket = new System.Net.Sockets.TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
