using System.Buffers;
using System.Security.Cryptography;
using IntegrityGate.Core.Packets;
using IntegrityGate.Media.Flv;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>The tags of an FLV file, as (kind, DTS, payload digest) and with the payload.</summary>
internal sealed class FlvRecording
{
    private FlvRecording(List<Tag> tags) => Tags = tags;

    public sealed record Tag(MediaKind Kind, long Dts, long Pts, bool IsKeyFrame, bool IsSequenceHeader, byte[] Payload)
    {
        public string Digest { get; } = Convert.ToHexString(SHA256.HashData(Payload));
    }

    public IReadOnlyList<Tag> Tags { get; }

    public IEnumerable<Tag> Video => Tags.Where(t => t is { Kind: MediaKind.Video, IsSequenceHeader: false } && t.Payload.Length > 5);

    public IEnumerable<Tag> Audio => Tags.Where(t => t is { Kind: MediaKind.Audio, IsSequenceHeader: false });

    public static FlvRecording Read(string path)
    {
        var reader = new FlvReader(new PacketPool());
        var sequence = new ReadOnlySequence<byte>(File.ReadAllBytes(path));
        var tags = new List<Tag>();
        while (reader.Read(ref sequence, out var packet) == FlvReadStatus.Ok)
        {
            tags.Add(new Tag(packet!.Kind, packet.Dts.Milliseconds, packet.Pts.Milliseconds, packet.IsKeyFrame, packet.IsSequenceHeader, packet.Payload.ToArray()));
            packet.Release();
        }

        Assert.Null(reader.Error);
        return new FlvRecording(tags);
    }
}
