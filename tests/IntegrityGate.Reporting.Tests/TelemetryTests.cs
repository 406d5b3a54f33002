using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Google.Protobuf.WellKnownTypes;
using IntegrityGate.Core.Telemetry;

namespace IntegrityGate.Reporting.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task The_journal_and_the_feed_are_measured_without_labels_that_tell_callers_apart()
    {
        var sums = new ConcurrentDictionary<string, double>();
        var labels = new ConcurrentDictionary<string, bool>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GateTelemetry.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.Start();

        await using (var host = await FeedHost.StartAsync())
        {
            using var watch = host.Watch(new() { Now = new Empty() });
            await FeedHost.NextAsync(watch);
            await host.OpenedAsync(Samples.Incident(), Samples.Picture("a", 1000));
            await FeedHost.NextEventAsync(watch);
            using var read = host.Feed.GetEvidence(new() { EvidenceId = "a" });
            while (await read.ResponseStream.MoveNext(FeedHost.Cancel))
            {
                // Only the count matters here.
            }

            host.Time.Advance(TimeSpan.FromDays(1200));
            await host.Journal.PurgeAsync(FeedHost.Cancel);
        }

        // Other tests run beside this one and count too, so: at least.
        foreach (var name in new[]
        {
            "journal.events", "journal.commit.duration", "journal.commit.writes", "journal.purged", "feed.sent", "feed.evidence.bytes",
        })
            Assert.True(sums.GetValueOrDefault($"integritygate.{name}") > 0, name);
        foreach (var name in new[] { "journal.queue.length", "journal.evidence.bytes", "feed.subscribers", "feed.lag" })
            Assert.True(sums.ContainsKey($"integritygate.{name}"), name);
        Assert.Subset(new HashSet<string> { "table", "reason" }, labels.Keys.ToHashSet());

        void Count(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            sums.AddOrUpdate(name, value, (_, sum) => sum + value);
            foreach (var tag in tags)
                labels[tag.Key] = true;
        }
    }
}
