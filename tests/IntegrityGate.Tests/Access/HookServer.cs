using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Tests.Access;

/// <summary>A hook, or an issuer of keys, on a free port.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _web;

    private HookServer(WebApplication web, ConcurrentQueue<Received> requests)
    {
        _web = web;
        Requests = requests;
        Port = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public sealed record Received(string Method, string PathAndQuery, string? Authorization, string? ContentType, long? Length, string Body);

    public ConcurrentQueue<Received> Requests { get; }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/on_publish";

    public static async Task<HookServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var requests = new ConcurrentQueue<Received>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            requests.Enqueue(new Received(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString.Value,
                context.Request.Headers.Authorization,
                context.Request.ContentType,
                context.Request.ContentLength,
                body));
            await answer(context, requests.Count);
        });
        await web.StartAsync(TestContext.Current.CancellationToken);
        return new HookServer(web, requests);
    }

    public static Task<HookServer> StartAsync(int status, string body = "") => StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _web.StopAsync(limit.Token);
        await _web.DisposeAsync();
    }
}
