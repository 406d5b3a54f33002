namespace IntegrityGate.Streams;

/// <summary>Bits per second over the last few seconds, in one-second buckets. One writer, any readers.</summary>
public sealed class BitrateMeter(TimeProvider time)
{
    private const int Buckets = 5;
    private readonly long[] _bytes = new long[Buckets];
    private long _second = -1;
    private long _firstSecond = -1;

    /// <summary>Counts payload bytes.</summary>
    public void Add(int bytes)
    {
        var second = Now();
        if (_firstSecond < 0)
            Volatile.Write(ref _firstSecond, second);
        var last = Volatile.Read(ref _second);
        for (var s = Math.Max(last + 1, second - Buckets + 1); s <= second; s++)
            Volatile.Write(ref _bytes[s % Buckets], 0);
        Volatile.Write(ref _second, second);
        Interlocked.Add(ref _bytes[second % Buckets], bytes);
    }

    /// <summary>The mean over the whole seconds of the window.</summary>
    public long BitsPerSecond
    {
        get
        {
            var now = Now();
            var last = Volatile.Read(ref _second);
            var first = Volatile.Read(ref _firstSecond);
            if (first < 0)
                return 0;
            long sum = 0;
            var seconds = 0;
            for (var s = Math.Max(first, now - Buckets + 1); s < now; s++, seconds++)
                sum += s <= last && s > last - Buckets ? Volatile.Read(ref _bytes[s % Buckets]) : 0;
            return seconds == 0 ? 0 : sum * 8 / seconds;
        }
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;
}
