using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Media.Rtmp.Listeners;

namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Counts connections that were turned away, by reason. Tests that use it are not run beside each other.</summary>
internal sealed class TurnedAwayCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public TurnedAwayCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GateTelemetry.Name && instrument.Name == "integritygate.rtmp.turned_away")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[TurnedAway reason] => _counts.GetValueOrDefault(reason.ToString());

    public long Total => _counts.Values.Sum();

    public void Dispose() => _listener.Dispose();
}
