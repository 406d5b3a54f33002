using IntegrityGate.EndToEnd.Tests.Support;
using IntegrityGate.Reporting.V1;
using Wire = IntegrityGate.Reporting.V1;

namespace IntegrityGate.EndToEnd.Tests.Interop;

/// <summary>A stream for one player: published at the speed of life, stamped while it plays, and released again.</summary>
internal sealed class SplicedStream : IAsyncDisposable
{
    /// <summary>Seconds to wait for a player on a machine where everything takes ten times as long; what is awaited ends the wait.</summary>
    public const int Patience = 240;

    private readonly GateProcess _gate;
    private readonly Tool _publisher;
    private readonly Wire.Streams.StreamsClient _streams;
    private readonly string _id;

    private SplicedStream(GateProcess gate, Tool publisher, string id, string clip)
    {
        (_gate, _publisher, _streams, _id) = (gate, publisher, new Wire.Streams.StreamsClient(gate.Grpc), id);
        Clip = clip;
    }

    /// <summary>What is published.</summary>
    public string Clip { get; }

    public string Rtmp => $"{_gate.Rtmp}/{_id}";

    public string HttpFlv => $"{_gate.Http.BaseAddress}live/{_id}.flv";

    public string WebSocketFlv => "ws" + HttpFlv["http".Length..];

    /// <param name="gate">Where it is published.</param>
    /// <param name="repeat">True when the player needs an unknown time: the clip begins again at its end.</param>
    public static async Task<SplicedStream> StartAsync(GateProcess gate, bool repeat = false)
    {
        var before = (await gate.StreamsAsync()).Select(s => s.Id).ToHashSet();
        var clip = await Clips.CornerAsync();
        var publisher = Publisher.Start(clip, $"{gate.Rtmp}/{Guid.NewGuid():N}", repeat: repeat);
        var stream = await gate.StreamAsync("the stream to be live", s => !before.Contains(s.Id) && s.MediaTime?.Seconds >= 1, Patience, publisher);
        return new SplicedStream(gate, publisher, stream.Id, clip);
    }

    /// <summary>Two splices under a player that has come: the stamp on for at least a second, off, and some time beyond.</summary>
    /// <param name="playing">Says that the player has something on its screen.</param>
    /// <param name="details">What the player says, for the failure's message.</param>
    /// <param name="labelled">Says that the player has shown the label, when it does not show every frame; the stamp stays on until then.</param>
    /// <param name="beyond">Seconds of media after the second splice: more than the player buffers.</param>
    public async Task SpliceTwiceAsync(Func<bool> playing, Func<string> details, Func<Task<bool>>? labelled = null, double beyond = 1.5)
    {
        await AwaitAsync("a viewer", s => s.Viewers > 0, details);
        await Eventually.TrueAsync("the player to play", playing, seconds: Patience, details: details);
        await PassAsync(seconds: 1, details);
        await _streams.ForceStampAsync(new ForceStampRequest { StreamId = _id, Tier = Tier.Confirmed, Who = "interop", Why = "a splice" });
        await AwaitAsync("stamped frames", s => s is { SpliceState: SpliceState.Stamping, Counters.StampedFrames: >= 30 }, details);
        if (labelled is not null)
            await Eventually.TrueAsync("the player to show the label", labelled, seconds: Patience, details: () => details() + _gate.Log);
        await _streams.ReleaseOverrideAsync(new ReleaseOverrideRequest { StreamId = _id, Who = "interop", Why = "a splice back" });
        await AwaitAsync("the splice back", s => s.SpliceState == SpliceState.Passing, details);
        await PassAsync(beyond, details);
    }

    /// <summary>Waits until so many play.</summary>
    public Task ViewersAsync(int count) => AwaitAsync($"{count} viewers", s => s.Viewers == count, () => "");

    /// <summary>Ends the stream from the publisher's side: players get what waits, then the end.</summary>
    public async Task EndAsync()
    {
        if (!_publisher.Process.HasExited)
            _publisher.Process.Kill();
        await _publisher.Process.WaitForExitAsync();
    }

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    private async Task PassAsync(double seconds, Func<string> details)
    {
        var from = (await GetAsync()).MediaTime.ToTimeSpan().TotalSeconds;
        await AwaitAsync("media time to pass", s => s.MediaTime.ToTimeSpan().TotalSeconds >= from + seconds, details);
    }

    private Task AwaitAsync(string what, Func<Wire.Stream, bool> reached, Func<string> details) =>
        Eventually.TrueAsync(what, async () => reached(await GetAsync()), seconds: Patience, details: () => details() + _gate.Log);

    private async Task<Wire.Stream> GetAsync() => (await _streams.GetAsync(new GetStreamRequest { StreamId = _id })).Stream;
}
