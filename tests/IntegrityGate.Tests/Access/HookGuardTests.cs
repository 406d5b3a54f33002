using System.Net;
using System.Net.Sockets;
using IntegrityGate.Access;
using IntegrityGate.Access.Hooks;
using IntegrityGate.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Access;

public sealed class HookGuardTests : IDisposable
{
    private readonly HttpClient _client = AccessClient.Create();
    private readonly CollectingLogger<HookGuard> _log = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(HookStyle.Nginx, "application/x-www-form-urlencoded",
        "call=publish&app=live&name=room&type=live&addr=192.0.2.7&flashver=FMLE%2F3.0&swfurl=rtmp%3A%2F%2Fgate%2Fswf&tcurl=rtmp%3A%2F%2Fgate.example%2Flive&pageurl=http%3A%2F%2Fpage%2F&clientid=c1&token=t%2B1&user=u&pass=p")]
    [InlineData(HookStyle.Mediamtx, "application/json; charset=utf-8",
        """{"user":"u","password":"p","token":"t\u002B1","ip":"192.0.2.7","action":"publish","path":"live/room","protocol":"rtmp","id":"c1","query":"token=t%2B1\u0026user=u\u0026pass=p\u0026name=forged"}""")]
    [InlineData(HookStyle.Srs, "application/json; charset=utf-8",
        """{"action":"on_publish","client_id":"c1","ip":"192.0.2.7","vhost":"gate.example","app":"live","stream":"room","param":"?token=t%2B1\u0026user=u\u0026pass=p\u0026name=forged"}""")]
    public async Task Each_style_sends_what_its_servers_send(HookStyle style, string contentType, string body)
    {
        await using var server = await HookServer.StartAsync(200, "0");
        var answer = await Guard(server.Url + "?a=b", style).CheckAsync(
            Publishers.Of("live", "room?token=t%2B1&user=u&pass=p&name=forged", "::ffff:192.0.2.7"), TestContext.Current.CancellationToken);
        Assert.True(answer.IsAllowed, answer.Reason);
        var request = Assert.Single(server.Requests);
        Assert.Equal(new HookServer.Received("POST", "/on_publish?a=b", null, contentType, body.Length, body), request);
    }

    [Theory]
    [InlineData(HookStyle.Nginx, 200, "", true)]
    [InlineData(HookStyle.Nginx, 204, "", true)]
    [InlineData(HookStyle.Nginx, 403, "", false)]
    [InlineData(HookStyle.Nginx, 404, "", false)]
    [InlineData(HookStyle.Mediamtx, 201, "", true)]
    [InlineData(HookStyle.Mediamtx, 401, "", false)]
    [InlineData(HookStyle.Srs, 200, "0", true)]
    [InlineData(HookStyle.Srs, 200, " 0\n", true)]
    [InlineData(HookStyle.Srs, 200, """{"code":0,"msg":"ok"}""", true)]
    [InlineData(HookStyle.Srs, 200, "1", false)]
    [InlineData(HookStyle.Srs, 200, """{"code":403}""", false)]
    [InlineData(HookStyle.Srs, 200, """{"code":"0"}""", false)]
    [InlineData(HookStyle.Srs, 200, "[]", false)]
    [InlineData(HookStyle.Srs, 200, "denied", false)]
    [InlineData(HookStyle.Srs, 200, "", false)]
    [InlineData(HookStyle.Srs, 201, "0", false)]
    [InlineData(HookStyle.Srs, 403, "0", false)]
    public async Task Each_style_reads_answers_as_its_servers_do(HookStyle style, int status, string body, bool isAllowed)
    {
        await using var server = await HookServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });
        Assert.Equal(isAllowed, (await AskAsync(Guard(server.Url, style, failure: HookFailure.Allow))).IsAllowed);
        Assert.Single(server.Requests); // an answer is final
    }

    [Theory]
    [InlineData(HookStyle.Nginx)]
    [InlineData(HookStyle.Mediamtx)]
    [InlineData(HookStyle.Srs)]
    public async Task A_redirect_is_refused_and_not_followed(HookStyle style)
    {
        await using var server = await HookServer.StartAsync((context, _) =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        var answer = await AskAsync(Guard(server.Url, style, failure: HookFailure.Allow));
        Assert.Equal("The publish hook answered with a redirect: renaming a stream is not supported.", answer.Reason);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(3, 2, true)]
    public async Task A_5xx_is_asked_again(int retries, int requests, bool isAllowed)
    {
        await using var server = await HookServer.StartAsync((context, count) =>
        {
            context.Response.StatusCode = count == 1 ? 503 : 200;
            return Task.CompletedTask;
        });
        Assert.Equal(isAllowed, (await AskAsync(Guard(server.Url, retries: retries))).IsAllowed);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Theory]
    [InlineData(HookFailure.Allow, true)]
    [InlineData(HookFailure.Refuse, false)]
    public async Task Who_publishes_without_an_answer_is_a_choice(HookFailure failure, bool isAllowed)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var answer = await AskAsync(Guard($"http://us3r:pa55@127.0.0.1:{port}/hook?token=s3cret", failure: failure));
        Assert.Equal(isAllowed, answer.IsAllowed);
        var line = Assert.Single(_log.Lines);
        Assert.Contains($"http://127.0.0.1:{port}/hook", line, StringComparison.Ordinal);
        Assert.All(["us3r", "pa55", "s3cret", "k3y"], secret => Assert.DoesNotContain(secret, line + answer.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HookFailure.Allow, true)]
    [InlineData(HookFailure.Refuse, false)]
    public async Task A_hook_that_hangs_is_given_up_after_its_time_and_not_asked_again(HookFailure failure, bool isAllowed)
    {
        var asked = new TaskCompletionSource();
        await using var server = await HookServer.StartAsync(async (context, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var time = new FakeTimeProvider();
        var checking = AskAsync(Guard(server.Url, failure: failure, time: time));
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(checking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(isAllowed, (await checking).IsAllowed);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_publisher_who_leaves_ends_the_call()
    {
        var asked = new TaskCompletionSource();
        await using var server = await HookServer.StartAsync(async (context, _) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var gone = new CancellationTokenSource();
        var checking = Guard(server.Url, failure: HookFailure.Allow).CheckAsync(Publishers.Of("live", "k3y"), gone.Token).AsTask();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }

    [Theory]
    [InlineData(64 << 10, true)]
    [InlineData((64 << 10) + 1, false)]
    public async Task An_answer_has_a_limit(int length, bool isAllowed)
    {
        await using var server = await HookServer.StartAsync(200, new string(' ', length - 1) + "0");
        Assert.Equal(isAllowed, (await AskAsync(Guard(server.Url, HookStyle.Srs, failure: HookFailure.Allow))).IsAllowed);
    }

    [Fact]
    public async Task User_and_password_of_the_URL_are_sent_as_Basic_authorization()
    {
        await using var server = await HookServer.StartAsync(200);
        Assert.True((await AskAsync(Guard(server.Url.Replace("127.0.0.1", "us%40r:pa55@127.0.0.1", StringComparison.Ordinal)))).IsAllowed);
        Assert.Equal("Basic " + Convert.ToBase64String("us@r:pa55"u8), Assert.Single(server.Requests).Authorization);
    }

    private HookGuard Guard(string url, HookStyle style = HookStyle.Nginx, int retries = 1, HookFailure failure = HookFailure.Refuse, TimeProvider? time = null) =>
        new(new HookOptions(url, style, TimeSpan.FromSeconds(3), retries, failure), _client, time ?? TimeProvider.System, _log);

    private static Task<GuardAnswer> AskAsync(HookGuard guard) => guard.CheckAsync(Publishers.Of("live", "k3y"), TestContext.Current.CancellationToken).AsTask();
}
