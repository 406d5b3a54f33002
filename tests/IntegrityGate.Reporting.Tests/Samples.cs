using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;

namespace IntegrityGate.Reporting.Tests;

/// <summary>Incidents and pictures to write.</summary>
internal static class Samples
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Incident Incident(
        string? id = null,
        string stream = "stream-1",
        string violation = ViolationCode.LabelMissing,
        Severity severity = Severity.Violation,
        Tier tier = Tier.Possible,
        string rule = "cn-2025.label.present",
        DateTimeOffset? openedAt = null) => new()
        {
            Id = id ?? Guid.CreateVersion7(openedAt ?? Noon).ToString(),
            Stream = new StreamId(stream),
            SessionId = "session-1",
            Rule = new RuleReference(rule, "GB 45438-2025 5.4", "AI content carries a label."),
            Violation = violation,
            Tier = tier,
            Basis = VerdictBasis.Declaration,
            Severity = severity,
            Action = EnforcementAct.Stamp,
            Message = "AI content without a label.",
            OpenedAt = openedAt ?? Noon,
            UpdatedAt = openedAt ?? Noon,
            MediaFrom = new MediaTime(2000),
            MediaUntil = new MediaTime(4000),
            Facts =
            [
                new IncidentFact("claim", new MediaTime(2000), "declared: 可能为AI生成"),
                new IncidentFact(
                    "text",
                    new MediaTime(4000),
                    "直播间",
                    Score: 0.75,
                    Threshold: 0.5,
                    Samples: 12,
                    Model: new ModelReference("ppocr-v4", "4.0", new string('a', 64)),
                    Box: new PixelBox(10.5, 20, 300, 48),
                    GlyphHeight: 44.5),
            ],
        };

    public static Incident Closed(Incident incident, string reason = "label seen") => incident with
    {
        State = IncidentState.Closed,
        CloseReason = reason,
        UpdatedAt = incident.UpdatedAt.AddSeconds(10),
        ClosedAt = incident.UpdatedAt.AddSeconds(10),
    };

    public static EvidencePicture Picture(string id, int bytes, int seed = 1)
    {
        var jpeg = new byte[bytes];
        new Random(seed).NextBytes(jpeg);
        return new EvidencePicture(id, new MediaTime(4000), 1920, 1080, jpeg);
    }
}
