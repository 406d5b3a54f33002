using System.Text.Json;
using IntegrityGate.Streams;

namespace IntegrityGate.Web;

/// <summary>A stream as the page shows it.</summary>
internal sealed record StreamView(
    string Id,
    string App,
    bool Waiting,
    string Tier,
    string Summary,
    string Splice,
    string Codec,
    int? Width,
    int? Height,
    long BitrateBps,
    long MediaMs,
    long? LastLookedMs,
    bool Inspectable,
    string Route,
    string Upstream,
    IReadOnlyList<UpstreamView> Upstreams,
    int Viewers,
    int ThumbnailVersion)
{
    public static StreamView Of(StreamSession session) => new(
        session.Identity.Id.Value,
        session.Identity.App,
        session.Turns.IsWaiting,
        Name(session.Watch.Verdict.Tier),
        session.Watch.Verdict.Summary,
        Name(session.Watch.Splice),
        session.VideoCodec == Core.Packets.MediaCodec.Unknown ? "" : session.VideoCodec.ToString(),
        session.Watch.FrameSize?.Width,
        session.Watch.FrameSize?.Height,
        session.BitsPerSecond,
        session.Position.Milliseconds,
        session.Watch.LastLooked?.Milliseconds,
        session.Watch.Inspectable,
        session.Route,
        session.Upstream is { } upstream ? Name(upstream.State) : "kept in the gate",
        [.. session.Upstreams.Select(u => new UpstreamView(u.Name, Name(u.State), u.QueuedBytes, u.Dropped, u.LastError))],
        session.Hub.Players,
        session.Watch.Thumbnail.Current?.Version ?? 0);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
