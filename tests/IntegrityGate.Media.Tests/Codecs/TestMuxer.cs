namespace IntegrityGate.Media.Tests.Codecs;

/// <summary>Writes samples as the messages of an RTMP publisher.</summary>
internal static class TestMuxer
{
    /// <summary>AAC-LC, 44,100 Hz, mono (ISO/IEC 14496-3 1.6.2.1).</summary>
    public static readonly byte[] AudioHeader = [0xAF, 0, 0x12, 0x08];

    /// <summary>The messages, headers first: (is video, decoding time, payload).</summary>
    public static IEnumerable<(bool IsVideo, long Dts, byte[] Payload)> Messages(Mp4Samples clip, string fourCc, TagStyle style)
    {
        yield return (true, 0, [.. Header(fourCc, style, isKey: true, type: 0, offset: 0), .. clip.VideoConfiguration]);
        if (clip.Samples.Any(sample => !sample.IsVideo))
            yield return (false, 0, AudioHeader);
        foreach (var sample in clip.Samples)
        {
            yield return sample.IsVideo
                ? (true, sample.Dts, [.. Header(fourCc, style, sample.IsKey, type: 1, (int)(sample.Pts - sample.Dts)), .. sample.Data])
                : (false, sample.Dts, [0xAF, 1, .. sample.Data]);
        }
    }

    /// <summary>The bytes before the coded data.</summary>
    /// <param name="fourCc">hvc1, av01 or avc1.</param>
    /// <param name="style">How they are written.</param>
    /// <param name="isKey">Key frame.</param>
    /// <param name="type">0 for a configuration, 1 for a picture.</param>
    /// <param name="offset">Composition offset, ms.</param>
    public static byte[] Header(string fourCc, TagStyle style, bool isKey, int type, int offset)
    {
        byte[] time = [(byte)(offset >> 16), (byte)(offset >> 8), (byte)offset];
        if (style == TagStyle.Legacy)
            return [(byte)((isKey ? 0x10 : 0x20) | (fourCc == "hvc1" ? 12 : 7)), (byte)type, .. time];
        if (type == 1 && offset == 0 && style != TagStyle.CodedFrames)
            type = 3;
        var first = 0x80 | (isKey ? 0x10 : 0x20);
        byte[] code = [(byte)fourCc[0], (byte)fourCc[1], (byte)fourCc[2], (byte)fourCc[3]];
        byte[] tail = type == 1 && fourCc != "av01" ? time : [];
        return style switch
        {
            TagStyle.Nanoseconds when type != 0 => [(byte)(first | 7), 2, 0, 0x03, 0xE8, (byte)type, .. code, .. tail], // three bytes: 1,000 ns
            TagStyle.TrackZero => [(byte)(first | 6), (byte)type, .. code, 0, .. tail],
            _ => [(byte)(first | type), .. code, .. tail],
        };
    }
}
