using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Evidence;
using IntegrityGate.Core.Frames;
using IntegrityGate.Core.Incidents;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Core.Streams;
using IntegrityGate.Core.Time;
using IntegrityGate.Enforcement.Judging;
using IntegrityGate.Enforcement.Judging.Inputs;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Enforcement.Tests.Judging;

/// <summary>Tells a judge a stream's story, second by second, and keeps what it answered.</summary>
internal sealed class Story
{
    public static readonly ModelReference Model = new("frame-v1", "1.0.0", new string('a', 64));
    public static readonly DetectorLevels Levels = new(0.76, 2.66);

    private static readonly DateTimeOffset _noon = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ModelReference _ocr = new("ppocr", "4", new string('b', 64));

    private readonly DateTimeOffset _start;
    private readonly Judge _judge;
    private int _ids;
    private ulong _fingerprint = 1;

    public Story(JudgePolicy? policy = null, params string[] packs)
        : this(_noon, RulePackLibrary.Shipped.Select(packs.Length == 0 ? ["cn-2025", "cn-live-commerce"] : packs), policy)
    {
    }

    /// <summary>A story that begins at a moment, under packs.</summary>
    public Story(DateTimeOffset start, IReadOnlyList<RulePack> chosen, JudgePolicy? policy = null)
    {
        _start = start;
        _judge = new Judge(new JudgeContext(new StreamId("s"), "session", chosen, policy ?? new JudgePolicy(), _start), () => $"i{++_ids}");
    }

    public double Now { get; private set; }

    public Judgement Last { get; private set; } = new(Verdict.Unremarkable, [], null, false, LookAdvice.First);

    public List<IncidentChange> Changes { get; } = [];

    public List<Judgement> Judgements { get; } = [];

    public IReadOnlyList<Incident> Open => [.. Changes.GroupBy(change => change.Incident.Id).Select(group => group.Last().Incident).Where(incident => incident.State == IncidentState.Open)];

    public Incident TheOpen => Open.Single();

    public static TextLine Line(string text, double height, double x = 20, double y = 20, double confidence = 0.95) =>
        new(text, confidence, new PixelBox(x, y, text.Length * height, height), height);

    /// <summary>A label that meets every rule on 1280x720: 40 px, top left.</summary>
    public static TextLine Good(string text = "AI生成") => Line(text, 40);

    public Story Tell(Func<MediaTime, DateTimeOffset, JudgeInput> input)
    {
        Last = _judge.Apply(input(new MediaTime((long)Math.Round(Now * 1000)), _start.AddSeconds(Now)));
        Judgements.Add(Last);
        Changes.AddRange(Last.Changes);
        return this;
    }

    public Story At(double seconds)
    {
        Now = seconds;
        return this;
    }

    public Story Claims(AigcAttribute attribute, ClaimSource source = ClaimSource.Metadata, string id = "c", double? from = null, double? until = null) =>
        Tell((at, wall) => new ClaimMade(at, wall, new Claim(id, source, attribute, Media(from), Media(until), By: source == ClaimSource.Api ? "ops" : "")));

    /// <summary>Metadata comes with an AIGC property.</summary>
    public Story Brings(string json) => Tell((at, wall) => new ClaimMade(at, wall, AigcJson.Read(json).ToClaim("metadata", at)!));

    /// <summary>Metadata comes without it.</summary>
    public Story Drops() => Withdraws("metadata");

    public Story Withdraws(string id = "c") => Tell((at, wall) => new ClaimWithdrawn(at, wall, id));

    /// <summary>A look that reads the text: 1280x720.</summary>
    public Story Sees(params TextLine[] lines) => Look(new TextReading(Media(Now)!.Value, _ocr, 1280, 720, lines), null);

    /// <summary>A look that scores the frame.</summary>
    public Story Scores(double score, string? outOfScope = null, bool sameFrame = false, params TextLine[] lines) =>
        Look(new TextReading(Media(Now)!.Value, _ocr, 1280, 720, lines), Score(score, outOfScope, sameFrame));

    public Story Look(TextReading? text, SyntheticScore? score) => Tell((at, wall) => new SampleLooked(at, wall, score, text, "e" + at.Milliseconds));

    /// <summary>Looks as the judge advises until a moment, the same on every look.</summary>
    public Story Watches(double until, double? score = null, params TextLine[] lines)
    {
        for (Now += Step; Now <= until + 1e-9; Now += Step)
        {
            var read = Last.Look.ReadText;
            Look(read ? new TextReading(Media(Now)!.Value, _ocr, 1280, 720, lines) : null, score is { } value ? Score(value, null, false) : null);
        }

        Now = until;
        return this;
    }

    public Story Reviews(ReviewDecision decision, string? id = null) =>
        Tell((at, wall) => new ReviewDecided(at, wall, id ?? TheOpen.Id, new Review(decision, "li", "looked at it", wall)));

    public Story Forces(ForcedStamp force) => Tell((at, wall) => new OperatorForced(at, wall, force, "ops"));

    public Story Splices(SpliceState state, string reason = "") => Tell((at, wall) => new SpliceReported(at, wall, state, reason));

    public Story Knows(int dismissals) => Tell((at, wall) => new HistoryKnown(at, wall, dismissals));

    public Story Ends() => Tell((at, wall) => new StreamEnded(at, wall, "the stream ended"));

    private double Step => Math.Max(0.04, Last.Look.Next.TotalSeconds);

    private SyntheticScore Score(double score, string? outOfScope, bool sameFrame)
    {
        // A linear congruence spreads the bits, so that every frame is a new picture.
        if (!sameFrame)
            _fingerprint = unchecked((_fingerprint * 6364136223846793005) + 1442695040888963407);
        return new SyntheticScore(Media(Now)!.Value, Model, score, 0.5, [score], Levels, outOfScope, _fingerprint);
    }

    private static MediaTime? Media(double? seconds) => seconds is { } value ? new MediaTime((long)Math.Round(value * 1000)) : null;
}
