using Google.Protobuf.WellKnownTypes;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Grpc;

/// <summary>Our times as the wire has them.</summary>
internal static class WireTimes
{
    /// <summary>A moment on a stream's own clock.</summary>
    public static Duration ToWire(this MediaTime time) =>
        new() { Seconds = time.Milliseconds / 1000, Nanos = (int)(time.Milliseconds % 1000) * 1_000_000 };

    /// <summary>A moment on the wall clock.</summary>
    public static Timestamp ToWire(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);
}
