using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>An evaluation as JSON. Shares are 0 to 1, times seconds, intervals 95 %.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    public static string Of(Evaluation evaluation) => JsonSerializer.Serialize(
        new
        {
            model = new { name = evaluation.Model.Name, version = evaluation.Model.Version, sha256 = evaluation.Model.Sha256, variant = evaluation.Variant },
            levels = new { review = evaluation.Levels.Review, stamp = evaluation.Levels.Stamp },
            sets = evaluation.Sets,
            items = evaluation.Size.Items,
            duplicates = evaluation.Size.Duplicates,
            rates = evaluation.Rates.Select(r => r.ToString()),
            joinSeconds = evaluation.Join.TotalSeconds,
            seed = evaluation.Seed,
            groups = evaluation.Groups.Select(Group),
            streams = evaluation.Streams.Select(Stream),
            sources = evaluation.Sources.Select(Source),
            cascade = evaluation.Cascade.Select(Cascade),
            card = evaluation.Card is not { } card ? null : new
            {
                set = card.Set,
                agrees = card.Agrees,
                figures = card.Rows.Select(r => new { what = r.What, rate = r.Rate, card = r.Card, run = r.Run, interval = Ends(r.Interval), agrees = r.Agrees, leading = r.IsLeading }),
                differences = card.Differences,
            },
            advice = evaluation.Advice is not { } advice ? null : new
            {
                flagged = advice.Budget.Flagged,
                labelsPerThousandHours = advice.Budget.LabelsPerThousandHours,
                review = advice.Review,
                reviewInterval = Ends(advice.ReviewInterval),
                stamp = advice.Stamp,
                aiAboveReview = advice.SyntheticAboveReview,
                aiAboveStamp = advice.SyntheticAboveStamp,
                support = advice.Support,
            },
            notes = Notes.Of(evaluation).Concat(Notes.Of(evaluation.Card)),
        },
        s_json);

    private static object Group(GroupFigures g) => new
    {
        exposure = Name(g.Exposure),
        rate = g.Rate.ToString(),
        ai = g.Synthetic,
        real = g.Real,
        auc = Figure(g.Auc),
        aucSourcesAlike = Figure(g.AucSourcesAlike),
        tprAt1PercentFpr = Figure(g.TruePositivesAt1Percent),
        tprAt01PercentFpr = Figure(g.TruePositivesAt01Percent),
        realAboveReview = Figure(g.RealAboveReview),
        aiAboveReview = Figure(g.SyntheticAboveReview),
        realAboveStamp = Figure(g.RealAboveStamp),
        aiAboveStamp = Figure(g.SyntheticAboveStamp),
        calibrationError = g.Calibration.ExpectedError,
        calibration = g.Calibration.Bins,
        aiScores = g.SyntheticScores,
        realScores = g.RealScores,
        roc = g.Roc.Select(p => (double[])[p.FalsePositives, p.TruePositives]),
    };

    private static object Stream(StreamFigures s) => new
    {
        exposure = Name(s.Exposure),
        rate = s.Rate.ToString(),
        realFlagged = Figure(s.Real),
        realSources = s.RealSources,
        realHours = s.RealHours,
        falseLabels = s.FalseLabels,
        falseLabelsPerHourBound = s.FalseLabelsPerHourBound,
        aiWithVerdict = Figure(s.Synthetic),
        aiStamped = Figure(s.Stamped),
        toVerdictP50 = s.ToVerdict50?.TotalSeconds,
        toVerdictP95 = s.ToVerdict95?.TotalSeconds,
        tooShort = s.TooShort,
    };

    private static object Cascade(CascadeFigures f) => new
    {
        exposure = Name(f.Exposure),
        rate = f.Rate.ToString(),
        aiAboveReview = Figure(f.Synthetic),
        aiAboveReviewByCascade = Figure(f.SyntheticCascade),
        lost = f.Lost,
        holds = f.Holds,
        realAboveReview = Figure(f.Real),
        realAboveReviewByCascade = Figure(f.RealCascade),
        aiViewsAFrame = f.SyntheticViews,
        realViewsAFrame = f.RealViews,
        aiStreams = Figure(f.Streams.Synthetic),
        aiStreamsByCascade = Figure(f.Streams.SyntheticCascade),
        realStreams = Figure(f.Streams.Real),
        realStreamsByCascade = Figure(f.Streams.RealCascade),
    };

    private static object Source(SourceFigures s) => new
    {
        exposure = Name(s.Exposure),
        rate = s.Rate.ToString(),
        @class = s.IsSynthetic ? "ai" : "real",
        source = s.Source,
        items = s.Items,
        outOfScope = s.OutOfScope,
        mean = s.Mean,
        deviation = s.Deviation,
        aboveReview = Figure(s.AboveReview),
        aboveStamp = Figure(s.AboveStamp),
        auc = Figure(s.Auc),
    };

    private static string Name(Items.Exposure exposure) => JsonNamingPolicy.CamelCase.ConvertName(exposure.ToString());

    private static object Figure(Estimate e) => new { value = e.Value, interval = Ends(e.Interval), why = e.Why };

    private static object Figure(Share s) => new { hits = s.Hits, of = s.Trials, value = s.Value, interval = Ends(s.Wilson) };

    private static object Figure(ShareFigure s) => new { hits = s.Share.Hits, of = s.Share.Trials, value = s.Share.Value, interval = Ends(s.Share.Wilson), overSources = Ends(s.OverSources) };

    private static double[]? Ends(Interval? interval) => interval is { } i ? [i.Low, i.High] : null;
}
