using System.Buffers;
using System.IO.Pipelines;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp.Handshakes;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Carries the handshake over a connection; deadlines are its caller's.</summary>
internal static class HandshakeExchange
{
    /// <summary>The server's side.</summary>
    /// <returns>Why there will be no session, or null when the handshake is done.</returns>
    public static async Task<SessionEnd?> ServeAsync(PipeReader input, RtmpOutput output, CancellationToken ct)
    {
        while (true)
        {
            var result = await input.ReadAsync(ct).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (!buffer.IsEmpty && buffer.FirstSpan[0] != Handshake.Version)
                return SessionVerdicts.ToEnd(buffer.FirstSpan[0]);
            if (buffer.Length > Handshake.MessageBytes)
            {
                Answer(output, buffer.Slice(1, Handshake.MessageBytes));
                input.AdvanceTo(buffer.GetPosition(1 + Handshake.MessageBytes));
                break;
            }

            if (result.IsCompleted || result.IsCanceled)
                return new SessionEnd(GateFault.PublisherHandshake, "half a handshake") { IsProbe = buffer.IsEmpty };
            input.AdvanceTo(buffer.Start, buffer.End);
        }

        // The third message is read and not looked at.
        if (await output.FlushAsync(ct).ConfigureAwait(false) && await SkipAsync(input, Handshake.MessageBytes, ct).ConfigureAwait(false))
            return null;
        return new SessionEnd(GateFault.PublisherHandshake, "half a handshake");
    }

    /// <summary>The client's side.</summary>
    /// <returns>The form that the server spoke.</returns>
    /// <exception cref="IOException">The server closed, or speaks something else.</exception>
    public static async Task<HandshakeScheme> CallAsync(PipeReader input, RtmpOutput output, CancellationToken ct)
    {
        Greet(output);
        if (!await output.FlushAsync(ct).ConfigureAwait(false))
            throw new IOException("the server closed the connection");
        HandshakeScheme scheme;
        while (true)
        {
            var result = await input.ReadAsync(ct).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (!buffer.IsEmpty && buffer.FirstSpan[0] != Handshake.Version)
                throw new IOException($"the server speaks no RTMP: its first byte is 0x{buffer.FirstSpan[0]:x2}");
            if (buffer.Length > Handshake.MessageBytes)
            {
                scheme = Reply(output, buffer.Slice(1, Handshake.MessageBytes));
                input.AdvanceTo(buffer.GetPosition(1 + Handshake.MessageBytes));
                break;
            }

            if (result.IsCompleted)
                throw new IOException("the server closed the connection");
            input.AdvanceTo(buffer.Start, buffer.End);
        }

        if (!await output.FlushAsync(ct).ConfigureAwait(false) || !await SkipAsync(input, Handshake.MessageBytes, ct).ConfigureAwait(false))
            throw new IOException("the server closed the connection");
        return scheme;
    }

    private static void Answer(RtmpOutput output, ReadOnlySequence<byte> c1)
    {
        Span<byte> message = stackalloc byte[Handshake.MessageBytes];
        Span<byte> answer = stackalloc byte[1 + (2 * Handshake.MessageBytes)];
        c1.CopyTo(message);
        Handshake.Answer(message, (uint)Environment.TickCount64, answer);
        output.WriteRaw(answer);
    }

    private static void Greet(RtmpOutput output)
    {
        Span<byte> hello = stackalloc byte[1 + Handshake.MessageBytes];
        Handshake.Hello((uint)Environment.TickCount64, hello);
        output.WriteRaw(hello);
    }

    private static HandshakeScheme Reply(RtmpOutput output, ReadOnlySequence<byte> s1)
    {
        Span<byte> message = stackalloc byte[Handshake.MessageBytes];
        Span<byte> reply = stackalloc byte[Handshake.MessageBytes];
        s1.CopyTo(message);
        var scheme = Handshake.Reply(message, (uint)Environment.TickCount64, reply);
        output.WriteRaw(reply);
        return scheme;
    }

    private static async ValueTask<bool> SkipAsync(PipeReader input, long left, CancellationToken ct)
    {
        while (left > 0)
        {
            var result = await input.ReadAsync(ct).ConfigureAwait(false);
            var take = Math.Min(left, result.Buffer.Length);
            left -= take;
            input.AdvanceTo(result.Buffer.GetPosition(take));
            if ((result.IsCompleted || result.IsCanceled) && left > 0)
                return false;
        }

        return true;
    }
}
