using IntegrityGate.Configuration;
using IntegrityGate.Core.Streams;
using IntegrityGate.Egress;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Reporting.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Egress;

/// <summary>A link whose server cannot be reached.</summary>
public sealed class UpstreamLinkTests
{
    private static readonly UpstreamOptions s_options = new(null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), 1 << 20);

    private readonly FakeTimeProvider _time = new();
    private int _first;
    private int _renewed;

    [Fact]
    public async Task Whatever_a_copy_fails_of_it_tries_again_and_ends_with_its_stream()
    {
        Exception[] failures = [new IOException("no route"), new ArgumentException("a defect"), new TimeoutException("slow"), new OperationCanceledException()];
        await using var link = Begin(() => failures[_first++ % failures.Length]);
        await TriesAsync(() => _first, failures.Length * 2);
        Assert.Equal(UpstreamState.Connecting, link.State);
    }

    [Fact]
    public async Task The_next_try_is_with_what_the_publisher_that_came_back_brought()
    {
        await using var link = Begin(() =>
        {
            _first++;
            return new IOException("no route");
        });
        await TriesAsync(() => _first, 2);
        link.Renew((_, _) =>
        {
            Interlocked.Increment(ref _renewed);
            return Task.FromException<RtmpClient>(new IOException("still none"));
        });
        var before = _first;
        await TriesAsync(() => _renewed, 3);
        Assert.InRange(_first, before, before + 1); // one may have been under way
        Assert.Equal("still none", link.LastError);
    }

    private UpstreamLink Begin(Func<Exception> failure) => UpstreamLink.Begin(
        new StreamId("s"), "rtmp://copy/app", (_, _) => Task.FromException<RtmpClient>(failure()), s_options, _time, NullLogger.Instance);

    // The clock goes on until the link has tried often enough: each wait is its own timer, which may begin late.
    private async Task TriesAsync(Func<int> tries, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (tries() < count)
        {
            _time.Advance(s_options.ReconnectMax);
            await Task.Delay(1, limit.Token);
        }
    }
}
