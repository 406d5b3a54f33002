namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>A stream beside the trouble, which goes through the same gate to nginx and is to arrive there untouched.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private const string Key = "neighbour";

    private readonly NginxRtmp _nginx;
    private readonly GateProcess _gate;
    private readonly string _clip;
    private readonly Tool _publisher;

    private Neighbour(NginxRtmp nginx, GateProcess gate, string clip)
    {
        (_nginx, _gate, _clip) = (nginx, gate, clip);
        _publisher = Publisher.Start(clip, $"{gate.Rtmp}/{Key}");
    }

    /// <summary>Starts the stream and waits until it is live.</summary>
    /// <param name="nginx">The gate's upstream.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="seconds">How long it lasts.</param>
    public static async Task<Neighbour> StartAsync(NginxRtmp nginx, GateProcess gate, int seconds)
    {
        var neighbour = new Neighbour(nginx, gate, await Clips.PlainAsync(seconds));
        try
        {
            await gate.LiveStreamAsync();
            return neighbour;
        }
        catch
        {
            await neighbour.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the stream's end: every picture arrived as it was, and the gate had nothing to complain of.</summary>
    public async Task AssertUntouchedAsync()
    {
        await _publisher.Process.WaitForExitAsync();
        Assert.Equal(0, _publisher.Process.ExitCode);
        var recording = await _nginx.RecordingAsync(Key);
        Assert.Equal(FlvRecording.Read(_clip).Video.Select(t => t.Digest), FlvRecording.Read(recording).Video.Select(t => t.Digest));
        Assert.DoesNotContain("fail:", _gate.Log, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();
}
