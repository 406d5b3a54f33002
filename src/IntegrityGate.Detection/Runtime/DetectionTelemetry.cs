using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Synthetic;

namespace IntegrityGate.Detection.Runtime;

/// <summary>Spans and instruments of the detectors.</summary>
internal static class DetectionTelemetry
{
    private static readonly Histogram<double> Duration = GateTelemetry.Meter.CreateHistogram<double>(
        "integritygate.detect.duration", "ms", "Time a detector took for one frame, by detector and stage (stage total: all of them and the wait for a slot).");

    private static readonly Counter<long> Skipped = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.detect.lines_skipped", "{line}", "Text lines found but not read because the frame had more than the limit.");

    private static readonly Counter<long> Readings = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.detect.text_readings", "{reading}", "Readings of a stream's text, by how: whole, edges, place (the known label was read again) or held (its picture had not changed).");

    private static readonly Counter<long> Logos = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.detect.logos", "{logo}", "Logos found on frames, by the name of their template; one frame decides nothing.");

    private static readonly Counter<long> Frames = GateTelemetry.Meter.CreateCounter<long>(
        "integritygate.detect.frames", "{frame}", "Frames scored, by depth: sentinel (its views sufficed), raised (then all views, since the sentinel was near the review level) or whole (all at once: the stream is new or suspicious, or there is no cascade).");

    /// <summary>Starts the span of one detector run.</summary>
    /// <param name="name">Name of the span, such as <c>detect.synthetic</c>.</param>
    /// <param name="model">The model that runs.</param>
    /// <param name="width">Frame width, px.</param>
    /// <param name="height">Frame height, px.</param>
    public static Activity? Start(string name, ModelReference model, int width, int height)
    {
        var activity = GateTelemetry.Activities.StartActivity(name);
        activity?.SetTag("integritygate.model.name", model.Name)
            .SetTag("integritygate.model.version", model.Version)
            .SetTag("integritygate.model.sha256", model.Sha256)
            .SetTag("integritygate.frame.width", width)
            .SetTag("integritygate.frame.height", height);
        return activity;
    }

    /// <summary>Records the time since a stage's start and returns the start of the next.</summary>
    /// <param name="detector">Such as <c>synthetic</c>.</param>
    /// <param name="stage">Such as <c>prepare</c>.</param>
    /// <param name="since">Time stamp of the stage's start (<see cref="Stopwatch.GetTimestamp"/>).</param>
    public static long Record(string detector, string stage, long since)
    {
        var now = Stopwatch.GetTimestamp();
        Duration.Record(Stopwatch.GetElapsedTime(since, now).TotalMilliseconds, new("detector", detector), new("stage", stage));
        return now;
    }

    /// <summary>Counts a frame that was scored.</summary>
    public static void CountFrame(LookDepth depth) => Frames.Add(1, new KeyValuePair<string, object?>("depth", depth switch
    {
        LookDepth.Sentinel => "sentinel",
        LookDepth.Raised => "raised",
        _ => "whole",
    }));

    /// <summary>Counts a reading.</summary>
    /// <param name="how">whole, edges, place or held.</param>
    public static void CountReading(string how) => Readings.Add(1, new KeyValuePair<string, object?>("how", how));

    /// <summary>Counts a logo on a frame.</summary>
    /// <param name="name">Its template's name, one of an operator's few.</param>
    public static void CountLogo(string name) => Logos.Add(1, new KeyValuePair<string, object?>("logo", name));

    /// <summary>Counts lines that were found and not read.</summary>
    public static void CountSkipped(int lines) => Skipped.Add(lines);
}
