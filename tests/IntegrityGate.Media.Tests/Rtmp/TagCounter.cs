using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Listens to one of the gate's counters and keeps a sum for each value of its first tag.</summary>
internal abstract class TagCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    protected TagCounter(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GateTelemetry.Name && instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long Total => _counts.Values.Sum();

    public long this[string tag] => _counts.GetValueOrDefault(tag);

    public void Dispose() => _listener.Dispose();
}
