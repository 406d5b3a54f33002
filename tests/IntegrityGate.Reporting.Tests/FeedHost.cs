using Grpc.Core;
using Grpc.Net.Client;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Reporting.Declarations;
using IntegrityGate.Reporting.Journal;
using IntegrityGate.Reporting.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.Reporting.Tests;

/// <summary>The feed behind a real Kestrel (HTTP/2 without TLS, any free port), with real clients.</summary>
internal sealed class FeedHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly List<GrpcChannel> _channels = [];

    private FeedHost(DirectoryInfo folder, WebApplication app, FakeStreams streams, FakeTimeProvider time)
    {
        _folder = folder;
        _app = app;
        Streams = streams;
        Time = time;
        var channel = Channel();
        Feed = new Wire.ViolationFeed.ViolationFeedClient(channel);
        Declarations = new Wire.Declarations.DeclarationsClient(channel);
        Reviews = new Wire.Reviews.ReviewsClient(channel);
        StreamControl = new Wire.Streams.StreamsClient(channel);
    }

    public FakeStreams Streams { get; }

    public FakeTimeProvider Time { get; }

    public Wire.ViolationFeed.ViolationFeedClient Feed { get; }

    public Wire.Declarations.DeclarationsClient Declarations { get; }

    public Wire.Reviews.ReviewsClient Reviews { get; }

    public Wire.Streams.StreamsClient StreamControl { get; }

    public SqliteJournal Journal => _app.Services.GetRequiredService<SqliteJournal>();

    public string DatabaseFile => _app.Services.GetRequiredService<ReportingOptions>().Journal.DatabaseFile;

    public DeclarationBook Book => _app.Services.GetRequiredService<DeclarationBook>();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FeedHost> StartAsync(Func<ReportingOptions, ReportingOptions>? configure = null, FeedHost? after = null)
    {
        var folder = after?._folder ?? Directory.CreateTempSubdirectory("integritygate-feed-");
        var options = new ReportingOptions { Journal = new JournalOptions { Folder = folder.FullName } };
        options = configure?.Invoke(options) ?? options;
        var streams = new FakeStreams();
        var time = after?.Time ?? new FakeTimeProvider(Samples.Noon);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IStreamDirectory>(streams);
        builder.Services.AddIntegrityGateReporting(options);
        var app = builder.Build();
        app.MapIntegrityGateFeed();
        try
        {
            await app.StartAsync(Cancel);
        }
        catch
        {
            await app.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }

        return new FeedHost(folder, app, streams, time);
    }

    /// <summary>Stops the host and starts another on the same journal.</summary>
    public async Task<FeedHost> RestartAsync()
    {
        await StopAsync();
        return await StartAsync(after: this);
    }

    /// <summary>A channel, and so a connection, of its own.</summary>
    public GrpcChannel Channel()
    {
        var channel = GrpcChannel.ForAddress(_app.Urls.Single());
        _channels.Add(channel);
        return channel;
    }

    public async Task<long> WriteAsync(IncidentChangeKind kind, Incident incident, EvidencePicture? picture = null) =>
        await Journal.WriteAsync(new IncidentChange(kind, incident), picture, Cancel);

    public Task<long> OpenedAsync(Incident incident, EvidencePicture? picture = null) => WriteAsync(IncidentChangeKind.Opened, incident, picture);

    /// <summary>Begins a watch; it stands once its first message has come.</summary>
    public AsyncServerStreamingCall<Wire.WatchResponse> Watch(Wire.WatchRequest request) => Feed.Watch(request, cancellationToken: Cancel);

    public static async Task<Wire.WatchResponse> NextAsync(AsyncServerStreamingCall<Wire.WatchResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Cancel), "the watch ended");
        return call.ResponseStream.Current;
    }

    public static async Task<Wire.WatchResponse> NextEventAsync(AsyncServerStreamingCall<Wire.WatchResponse> call)
    {
        while (true)
        {
            if (await NextAsync(call) is { PayloadCase: Wire.WatchResponse.PayloadOneofCase.Event } message)
                return message;
        }
    }

    public static async Task<RpcException> FailsAsync(StatusCode code, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, exception.StatusCode);
        return exception;
    }

    public static async Task<RpcException> EndsAsync(StatusCode code, AsyncServerStreamingCall<Wire.WatchResponse> call) =>
        await FailsAsync(code, async () =>
        {
            while (await call.ResponseStream.MoveNext(Cancel))
            {
                // What was on its way before the end.
            }
        });

    /// <summary>Stops the server and leaves the clients as they are.</summary>
    public Task ShutDownAsync() => _app.StopAsync(CancellationToken.None);

    public async Task StopAsync()
    {
        await ShutDownAsync();
        foreach (var channel in _channels)
            channel.Dispose();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_folder.Exists)
            _folder.Delete(recursive: true);
    }
}
