using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Listens to the counter of breached limits.</summary>
internal sealed class BreachCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public BreachCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GateTelemetry.Name && instrument.Name == "integritygate.rtmp.limit_breaches")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[string limit] => _counts.GetValueOrDefault(limit);

    public void Dispose() => _listener.Dispose();
}
