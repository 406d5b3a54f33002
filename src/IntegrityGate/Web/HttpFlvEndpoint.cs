using System.IO.Pipelines;
using IntegrityGate.Core.Packets;
using IntegrityGate.Egress;
using IntegrityGate.Media.Flv;
using IntegrityGate.Streams;

namespace IntegrityGate.Web;

/// <summary>
/// HTTP-FLV and WebSocket-FLV: <c>GET /{app}/{name}.flv</c>, plain or with an upgrade, where the name is the public stream
/// id, or the publish key for whoever knows it. A player that reads slowly loses whole GOPs of its own and slows nobody.
/// </summary>
internal static class HttpFlvEndpoint
{
    /// <summary>Bytes gathered before a flush when packets are waiting: four full TCP windows of a home line.</summary>
    private const int FlushBytes = 256 << 10;

    public static void MapHttpFlv(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/{app}/{file}.flv", PlayAsync);

    private static async Task PlayAsync(HttpContext context, string app, string file, StreamRegistry registry, TimeProvider time)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*"; // players on other sites; nothing here depends on cookies
        context.Response.Headers.CacheControl = "no-store";
        if (registry.FindForPlay(app, file) is not { } session || session.Hub.Join() is not { } queue)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("No such stream is being published.\n", context.RequestAborted);
            return;
        }

        try
        {
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var player = new WebSocketPlayer(await context.WebSockets.AcceptWebSocketAsync(), time);
                await player.PlayAsync((output, cancellationToken) => CopyAsync(queue, output, cancellationToken), context.RequestAborted);
                return;
            }

            context.Response.ContentType = "video/x-flv";
            await CopyAsync(queue, context.Response.BodyWriter, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The player left.
        }
        finally
        {
            session.Hub.Leave(queue);
        }
    }

    private static async Task CopyAsync(PacketQueue queue, PipeWriter output, CancellationToken cancellationToken)
    {
        FlvWriter.WriteHeader(output);
        while (await queue.ReadAsync(cancellationToken) is { } first)
        {
            for (MediaPacket? packet = first; packet is not null; packet = output.UnflushedBytes < FlushBytes && queue.TryRead(out var next) ? next : null)
            {
                FlvWriter.WriteTag(output, packet);
                packet.Release();
            }

            var flushed = await output.FlushAsync(cancellationToken);
            if (flushed.IsCompleted)
                return;
        }
    }
}
