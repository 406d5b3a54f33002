using IntegrityGate.Configuration;
using IntegrityGate.Core.Packets;
using IntegrityGate.Core.Streams;
using IntegrityGate.Hosting;
using IntegrityGate.Media.Rtmp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Tests.Hosting;

/// <summary>The whole gate in this process, without looking, on free ports.</summary>
internal sealed class RunningGate(WebApplication app, string data) : IAsyncDisposable
{
    public string Rtmp => $"rtmp://127.0.0.1:{new Uri(app.Services.GetRequiredService<RtmpHost>().Addresses[0]).Port}/live";

    public static async Task<RunningGate> StartAsync(params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("gate").FullName;
        var all = new Dictionary<string, string?>
        {
            ["rtmp:address"] = "127.0.0.1",
            ["rtmp:port"] = "0",
            ["http:port"] = "0",
            ["grpc:port"] = "0",
            ["data:folder"] = data,
            ["inspection:enabled"] = "false",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        var configuration = GateConfiguration.Build(null, all);
        var app = GateHost.Build(configuration, GateOptionsReader.Read(configuration));
        GateHost.Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGate(app, data);
    }

    public Task<RtmpClient> PublishAsync(string key) => RtmpClient.PublishAsync(
        RtmpTarget.Parse(Rtmp),
        new RtmpClientOptions { Key = new StreamKey(key) },
        PacketPool.Shared,
        TimeProvider.System,
        NullLogger<RtmpClient>.Instance,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
