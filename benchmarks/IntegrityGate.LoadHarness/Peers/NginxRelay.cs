using IntegrityGate.LoadHarness.Machine;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>nginx with its RTMP module: one worker, and what it takes is pushed on by its own relay, or kept for players.</summary>
internal sealed class NginxRelay : IRelay
{
    private readonly ToolProcess _nginx;

    private NginxRelay(string name, ToolProcess nginx, int port)
    {
        Name = name;
        _nginx = nginx;
        Target = $"rtmp://127.0.0.1:{port}/live";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Target { get; }

    /// <summary>Starts it.</summary>
    /// <param name="name">Name in tables.</param>
    /// <param name="folder">For its configuration and logs.</param>
    /// <param name="pushPort">The sink's port; null keeps streams for players.</param>
    /// <param name="core">The one core it may run on, or null for all.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<NginxRelay> StartAsync(string name, string folder, int? pushPort, int? core, CancellationToken ct)
    {
        var config = Path.Combine(folder, "nginx.conf");
        var port = LoopbackPort.Take();
        await File.WriteAllTextAsync(config, Config(folder, port, pushPort), ct);
        var nginx = ToolProcess.Start("nginx", ["-p", folder, "-c", config, "-e", Path.Combine(folder, "start.log")], core);
        try
        {
            await nginx.WaitForAsync("its port", () => LoopbackPort.IsOpen(port), TimeSpan.FromSeconds(10), ct);
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }

        return new NginxRelay(name, nginx, port);
    }

    /// <inheritdoc/>
    public Task AttachAsync(IReadOnlyList<string> streams, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DetachAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public string Said => _nginx.Said;

    /// <inheritdoc/>
    public double CpuSeconds() => ProcessTree.CpuSeconds(_nginx.Pid);

    /// <inheritdoc/>
    public Task<RelayCounters> ReadCountersAsync(CancellationToken ct) => Task.FromResult(RelayCounters.None);

    /// <inheritdoc/>
    public long PrivateBytes() => ProcessTree.PrivateBytes(_nginx.Pid);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _nginx.DisposeAsync();

    // Its defaults, but for what the load needs: room for connections and messages over 1 MiB.
    private static string Config(string folder, int port, int? pushPort) => $$"""
        load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 16384;
        user root;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log error;
        events { worker_connections 8192; }
        rtmp {
          access_log off;
          server {
            listen 127.0.0.1:{{port}};
            max_message 10M;
            application live {
              live on;
              {{(pushPort is null ? "wait_key on;" : $"push rtmp://127.0.0.1:{pushPort}/live;")}}
            }
          }
        }
        """;
}
