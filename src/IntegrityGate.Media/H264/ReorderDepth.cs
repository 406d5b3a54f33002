using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.H264;

/// <summary>How far pictures are out of display order, read from time stamps: what max_num_reorder_frames must at least be (E.2.1).</summary>
internal static class ReorderDepth
{
    /// <summary>The most pictures, for any one, that precede it in decoding order and follow it in display order.</summary>
    /// <param name="run">Video packets in decoding order.</param>
    public static int Of(IReadOnlyList<MediaPacket> run)
    {
        var depth = 0;
        for (var i = 1; i < run.Count; i++)
        {
            var later = 0;
            for (var back = i - 1; back >= 0 && i - back <= 16; back--)
                later += run[back].Pts > run[i].Pts ? 1 : 0;
            depth = Math.Max(depth, later);
        }

        return Math.Min(depth, 16);
    }
}
