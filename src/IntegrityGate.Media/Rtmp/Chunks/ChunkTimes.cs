namespace IntegrityGate.Media.Rtmp.Chunks;

/// <summary>
/// The time rules of chunk headers, where implementations disagree. Absolute times and deltas are 32-bit and wrap; what is disputed
/// is settled by what is plausible.
/// </summary>
internal static class ChunkTimes
{
    /// <summary>
    /// Largest first time, ms, that a type 3 start right behind a type 0 header may add again. RTMP 1.0 (5.3.1.2.4) and FFmpeg read the
    /// absolute time as the delta, librtmp and nginx-rtmp mean a delta of zero; the former can only be meant when the stream is one
    /// frame old, and no common frame is longer.
    /// </summary>
    public const uint PlausibleFrameMs = 200;

    /// <summary>Takes the time field of a header of type 0, 1 or 2 into the chunk stream.</summary>
    public static void Apply(ChunkStream stream, bool isAbsolute, uint field, bool isExtended)
    {
        stream.Field = field;
        stream.IsExtended = isExtended;
        stream.IsAfterAbsolute = isAbsolute;
        if (isAbsolute)
        {
            stream.Timestamp = field;
            stream.Delta = 0;
            return;
        }

        // An extended field in a delta header is a delta by the specification and an absolute time for some senders (enhanced-rtmp
        // issue 42): a delta of over four hours is not believed when the absolute reading is nearer.
        stream.Delta = isExtended && Distance(field, stream.Timestamp) < Distance(field, 0) ? field - stream.Timestamp : field;
        stream.Timestamp += stream.Delta;
    }

    /// <summary>Starts another message with the last header (type 3).</summary>
    public static void Repeat(ChunkStream stream)
    {
        if (stream.IsAfterAbsolute)
        {
            stream.Delta = stream.Field <= PlausibleFrameMs ? stream.Field : 0;
            stream.IsAfterAbsolute = false;
        }

        stream.Timestamp += stream.Delta;
    }

    /// <summary>
    /// True when four bytes behind a type 3 header are the extended time it owes. Some senders (OBS until 2024, librtmp) leave it out;
    /// then the bytes are payload, and the chance that they look like the time is one in 2^31.
    /// </summary>
    public static bool RepeatsTime(ChunkStream stream, uint bytes) => bytes == stream.Field || bytes == stream.Timestamp;

    private static uint Distance(uint left, uint right)
    {
        var difference = left - right;
        return Math.Min(difference, unchecked(0u - difference));
    }
}
