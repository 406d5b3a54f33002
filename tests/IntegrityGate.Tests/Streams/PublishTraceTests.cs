using IntegrityGate.Media.Rtmp;
using IntegrityGate.Tests.Access;
using IntegrityGate.Tests.Hosting;

namespace IntegrityGate.Tests.Streams;

/// <summary>What an operator finds of a publish in his traces.</summary>
public sealed class PublishTraceTests
{
    [Fact]
    public async Task A_publish_is_one_trace_with_its_hook_its_upstream_and_its_end()
    {
        await using var hook = await HookServer.StartAsync(200);
        await using var upstream = await RunningGate.StartAsync();
        await using var gate = await RunningGate.StartAsync(("access:hook:url", hook.Url), ("upstream:url", upstream.Rtmp));
        using var spans = new EndedSpans();
        await using (await gate.PublishAsync("k3y"))
        {
        }

        // The one with both a hook and an upstream.
        var connect = await spans.NextAsync(span => span.OperationName == "upstream.connect" && spans.Any(guard => guard.OperationName == "publish.guard" && guard.TraceId == span.TraceId));
        var trace = connect.TraceId;
        var close = await spans.NextAsync(span => span.OperationName == "publish.close" && span.TraceId == trace);
        var publish = await spans.NextAsync(span => span.OperationName == "publish" && span.TraceId == trace);
        var accept = await spans.NextAsync(span => span.OperationName == "publish.accept" && span.TraceId == trace);
        var guard = await spans.NextAsync(span => span.OperationName == "publish.guard" && span.TraceId == trace);

        Assert.Equal(default, accept.ParentSpanId);
        Assert.Equal((accept.SpanId, "hook"), (guard.ParentSpanId, guard.GetTagItem("guard")));
        Assert.Equal(accept.SpanId, publish.ParentSpanId);
        Assert.Equal((publish.SpanId, publish.SpanId), (connect.ParentSpanId, close.ParentSpanId));
        Assert.Equal("accepted", accept.GetTagItem("outcome"));
        Assert.Equal(publish.GetTagItem("stream.id"), accept.GetTagItem("stream.id"));
        Assert.Equal("PublisherEnded", close.GetTagItem("close.fault"));
    }

    [Fact]
    public async Task A_refused_publish_is_a_trace_that_says_so()
    {
        await using var hook = await HookServer.StartAsync(403);
        await using var gate = await RunningGate.StartAsync(("access:hook:url", hook.Url));
        using var spans = new EndedSpans();
        await Assert.ThrowsAsync<RtmpRefusedException>(() => gate.PublishAsync("k3y"));
        var guard = await spans.NextAsync(span => Equals(span.GetTagItem("outcome"), "refuse") && span.ParentSpanId != default);
        var accept = await spans.NextAsync(span => span.SpanId == guard.ParentSpanId);
        Assert.Equal(("publish.accept", RtmpStatus.PublishDenied), (accept.OperationName, accept.GetTagItem("outcome")));
    }
}
