using IntegrityGate.Core.Packets;
using IntegrityGate.Egress;
using IntegrityGate.Media.Flv;
using IntegrityGate.Streams;

namespace IntegrityGate.Web;

/// <summary>
/// HTTP-FLV: <c>GET /{app}/{name}.flv</c>, where the name is the public stream id, or the publish key for whoever knows it.
/// A player that reads slowly loses whole GOPs of its own and slows nobody.
/// </summary>
internal static class HttpFlvEndpoint
{
    /// <summary>Bytes gathered before a flush when packets are waiting: four full TCP windows of a home line.</summary>
    private const int FlushBytes = 256 << 10;

    public static void MapHttpFlv(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/{app}/{file}.flv", PlayAsync);

    private static async Task PlayAsync(HttpContext context, string app, string file, StreamRegistry registry)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*"; // players on other sites; nothing here depends on cookies
        context.Response.Headers.CacheControl = "no-store";
        if (registry.FindForPlay(app, file) is not { } session || session.Hub.Join() is not { } queue)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("No such stream is being published.\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "video/x-flv";
        try
        {
            await CopyAsync(queue, context);
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

    private static async Task CopyAsync(PacketQueue queue, HttpContext context)
    {
        var output = context.Response.BodyWriter;
        FlvWriter.WriteHeader(output);
        while (await queue.ReadAsync(context.RequestAborted) is { } first)
        {
            for (MediaPacket? packet = first; packet is not null; packet = output.UnflushedBytes < FlushBytes && queue.TryRead(out var next) ? next : null)
            {
                FlvWriter.WriteTag(output, packet);
                packet.Release();
            }

            var flushed = await output.FlushAsync(context.RequestAborted);
            if (flushed.IsCompleted)
                return;
        }
    }
}
