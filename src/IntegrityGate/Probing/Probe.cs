using System.Buffers;
using System.Net;
using System.Net.Sockets;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Ffmpeg;
using IntegrityGate.Media.Flv;
using IntegrityGate.Media.Rtmp;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Probing;

/// <summary>Publishes a test picture as an encoder would, plays it back if asked to, and notes every step with its time.</summary>
internal sealed class Probe(ProbeRequest request, TimeProvider time)
{
    private readonly PacketPool _pool = new();
    private readonly List<ProbeStep> _steps = [];

    /// <summary>Probes; a step that fails is the last one of the report.</summary>
    /// <exception cref="IOException">ffmpeg could not make the test picture.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ProbeReport> RunAsync(CancellationToken cancellationToken)
    {
        var packets = Read(await TestPicture.MakeAsync(request.Duration, "", cancellationToken));
        try
        {
            await ResolveAsync(request.Target, cancellationToken);
            await using var client = await ConnectAsync(cancellationToken);
            await using var playback = request.PlayTarget is { } from ? new Playback(from, OptionsFor(request.PlayKey!, "play "), _pool, time) : null;
            await SendAsync(client, packets, playback, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or RtmpRefusedException or SocketException or InvalidOperationException)
        {
            _steps.Add(new ProbeStep(StageOf(exception), TimeSpan.Zero, exception.Message, IsOk: false));
        }
        finally
        {
            packets.ForEach(p => p.Release());
        }

        return new ProbeReport(request.ToString(), _steps);
    }

    private async Task ResolveAsync(RtmpTarget target, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
            _steps.Add(new ProbeStep("resolve", time.GetElapsedTime(started), string.Join(", ", addresses.Select(a => a.ToString()))));
        }
        catch (SocketException exception)
        {
            throw new IOException($"resolve failed: {exception.Message}", exception);
        }
    }

    private async Task<RtmpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var options = OptionsFor(request.Key, "") with { Capabilities = RtmpCapabilities.PassAll };
        var client = await RtmpClient.PublishAsync(request.Target, options, _pool, time, NullLogger.Instance, cancellationToken);
        var said = client.ServerCapabilities;
        _steps.Add(new ProbeStep(
            "capabilities", TimeSpan.Zero, said.IsLegacy ? "none of enhanced RTMP" : $"video {string.Join(' ', said.Video.Keys)}; audio {string.Join(' ', said.Audio.Keys)}; {said.Features}"));
        return client;
    }

    private RtmpClientOptions OptionsFor(Core.Streams.StreamKey key, string prefix) => new()
    {
        Key = key,
        ConnectTimeout = request.Timeout,
        TlsTimeout = request.Timeout,
        HandshakeTimeout = request.Timeout,
        CommandTimeout = request.Timeout,
        CertificateSha256 = request.CertificateSha256,
        StageDone = (stage, took) => _steps.Add(new ProbeStep(prefix + NameOf(stage), took, "")),
    };

    // At the speed of life, as encoders do: servers measure it.
    private async Task SendAsync(RtmpClient client, List<MediaPacket> packets, Playback? playback, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        long bytes = 0;
        foreach (var packet in packets)
        {
            var due = TimeSpan.FromMilliseconds(packet.Dts.Milliseconds) - time.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, time, cancellationToken);
            if (client.Completion.IsCompleted)
                throw new IOException((await client.Completion).Reason);
            playback?.Sent(packet); // before it is on its way: it may be back at once
            await client.SendAsync(packet, cancellationToken);
            await client.FlushAsync(cancellationToken);
            bytes += packet.Payload.Length;
            if (playback is { IsBegun: false } && packet.IsKeyFrame)
                playback.Begin(cancellationToken); // there is something to play now
        }

        _steps.Add(new ProbeStep("media", time.GetElapsedTime(started), $"{packets.Count} packets, {bytes} bytes"));
        if (playback is not null)
            _steps.Add(await playback.EndAsync(request.Timeout, cancellationToken));
    }

    private List<MediaPacket> Read(byte[] flv)
    {
        var reader = new FlvReader(_pool);
        var rest = new ReadOnlySequence<byte>(flv);
        var packets = new List<MediaPacket>();
        while (reader.Read(ref rest, out var packet) == FlvReadStatus.Ok)
            packets.Add(packet!);
        return packets;
    }

    private static string StageOf(Exception exception) => exception switch
    {
        RtmpRefusedException refused => NameOf(refused.Stage),
        RtmpFailedException failed => NameOf(failed.Stage),
        RtmpTimeoutException late => NameOf(late.Stage),
        _ => "failed",
    };

    private static string NameOf(RtmpStage stage) => stage switch
    {
        RtmpStage.Connect => "tcp",
        RtmpStage.ConnectCommand => "connect",
        RtmpStage.CreateStream => "createStream",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
