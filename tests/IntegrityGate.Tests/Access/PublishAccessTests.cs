using System.Net;
using IntegrityGate.Access;
using IntegrityGate.Configuration;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Tests.Access;

public sealed class PublishAccessTests
{
    private static readonly AccessOptions s_open = new([], [], null, null);

    [Fact]
    public async Task All_guards_are_asked_cheap_ones_first_and_one_refusal_is_enough()
    {
        await using var server = await HookServer.StartAsync(200);
        var options = new AccessOptions(
            [new IPNetwork(IPAddress.Parse("192.0.2.0"), 24)],
            [new AccessKeyOptions("live", "**", KeyHash.Create("s3cret", KeyHash.MinIterations))],
            null,
            new HookOptions(server.Url, IntegrityGate.Access.Hooks.HookStyle.Nginx, TimeSpan.FromSeconds(3), 0, IntegrityGate.Access.Hooks.HookFailure.Refuse));
        using var access = new PublishAccess(() => options, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.Equal(["addresses", "keys", "hook"], access.Guards.Select(g => g.Name));
        Assert.False((await access.CheckAsync(Publishers.Of("live", "s3cret", "203.0.113.1"), TestContext.Current.CancellationToken)).IsAllowed);
        Assert.False((await access.CheckAsync(Publishers.Of("live", "wrong"), TestContext.Current.CancellationToken)).IsAllowed);
        Assert.Empty(server.Requests);
        Assert.True((await access.CheckAsync(Publishers.Of("live", "s3cret"), TestContext.Current.CancellationToken)).IsAllowed);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Changed_settings_hold_for_the_next_publisher()
    {
        var options = s_open;
        using var access = new PublishAccess(() => options, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.True((await access.CheckAsync(Publishers.Of("live", "k"), TestContext.Current.CancellationToken)).IsAllowed);
        options = s_open with { Addresses = [new IPNetwork(IPAddress.Loopback, 32)] };
        Assert.False((await access.CheckAsync(Publishers.Of("live", "k"), TestContext.Current.CancellationToken)).IsAllowed);
        Assert.Same(access.Guards, access.Guards);
    }

    [Fact]
    public async Task A_refusal_reaches_the_publisher_with_its_reason_and_never_before_the_answer()
    {
        var asked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var hook = await HookServer.StartAsync(async (context, count) =>
        {
            asked.TrySetResult();
            await release.Task;
            context.Response.StatusCode = count == 1 ? 403 : 200;
        });
        await using var gate = await RunningGate.StartAsync(("access:hook:url", hook.Url));
        var refused = gate.PublishAsync("k3y");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(refused.IsCompleted);
        release.SetResult();
        var exception = await Assert.ThrowsAsync<RtmpRefusedException>(() => refused);
        Assert.Equal(("NetStream.Publish.Denied", "The publish hook refused with HTTP 403."), (exception.Code, exception.Description));
        await using var accepted = await gate.PublishAsync("k3y");
    }
}
