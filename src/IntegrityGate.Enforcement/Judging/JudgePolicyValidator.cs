using System.Globalization;
using IntegrityGate.Core.Judging;
using IntegrityGate.Core.Rules;
using IntegrityGate.Enforcement.Judging.Replays;

namespace IntegrityGate.Enforcement.Judging;

/// <summary>Checks a policy as a whole and collects every fault with its path.</summary>
public static class JudgePolicyValidator
{
    /// <summary>Checks a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="path">Where it stands, for example <c>streams[3].policy</c>.</param>
    /// <returns>The faults; empty when it is sound.</returns>
    public static IReadOnlyList<ValidationError> Validate(JudgePolicy policy, string path)
    {
        var errors = new List<ValidationError>();
        CheckEnums(policy, path, errors);
        // Under 1 the stamped label would be lower than the rule that asks for it (GB 45438-2025 5.4).
        Range(policy.HeightMargin, 1, 4, "heightMargin");
        Evidence(policy.Detector, "detector");
        Evidence(policy.Audible.Voice, "audible.voice");
        Span(policy.Audible.Hold, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "audible.hold");
        Range(policy.Audible.MaxKept, 1, 16, "audible.maxKept");
        var label = policy.Label;
        Range(label.MinConfidence, 0, 1, "label.minConfidence");
        Range(label.HeightTolerance, 0.5, 1, "label.heightTolerance");
        Range(label.EdgeBand, 0.05, 0.5, "label.edgeBand");
        Range(label.MaxLabelCharacters, 4, 1000, "label.maxLabelCharacters");
        Range(label.MaxLines, 1, 1000, "label.maxLines");
        Range(label.MissingAfterLooks, 1, 100, "label.missingAfterLooks");
        Span(label.MissingSpread, TimeSpan.Zero, TimeSpan.FromMinutes(1), "label.missingSpread");
        Range(label.FaultMemoryLooks, 1, 100, "label.faultMemoryLooks");
        errors.AddRange(policy.Marks.Faults(path + ".marks"));
        var replays = policy.Replays;
        Range(replays.MatchBits, 0, 64, "replays.matchBits");
        Range(replays.UnchangedBits, 0, 64, "replays.unchangedBits");
        Range(replays.MinRepeats, 1, 1000, "replays.minRepeats");
        Range(replays.MinPictures, 2, LoopCandidate.MaxHashes, "replays.minPictures");
        Range(replays.Evidence, 1, 1000, "replays.evidence");
        Span(replays.MinPeriod, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1), "replays.minPeriod");
        Span(replays.Tolerance, TimeSpan.Zero, replays.MinPeriod / 4, "replays.tolerance");
        Range(replays.MaxUnchanged, 0, 1, "replays.maxUnchanged");
        // 43,200 looks are a day of them, 1.7 MB a stream.
        Range(replays.MemoryLooks, 16, 43_200, "replays.memoryLooks");
        Span(replays.StillAfter, TimeSpan.Zero, TimeSpan.FromDays(1), "replays.stillAfter");
        Range(replays.StillShare, 0.1, 1, "replays.stillShare");
        var looks = policy.Looks;
        Span(looks.Urgent, TimeSpan.FromMilliseconds(40), looks.Interval, "looks.urgent");
        Span(looks.Suspicious, TimeSpan.FromMilliseconds(40), looks.Interval, "looks.suspicious");
        Span(looks.Interval, TimeSpan.FromMilliseconds(40), TimeSpan.FromHours(1), "looks.interval");
        Span(looks.CalmInterval, looks.Interval, TimeSpan.FromHours(1), "looks.calmInterval");
        Span(looks.CalmAfter, TimeSpan.Zero, TimeSpan.FromDays(1), "looks.calmAfter");
        Span(looks.TextInterval, looks.Interval, TimeSpan.FromHours(1), "looks.textInterval");
        Range(looks.FirstTextLooks, 1, 100, "looks.firstTextLooks");
        return errors;

        void Evidence(SequentialOptions detector, string key)
        {
            Range(detector.Window, 1, 4096, key + ".window");
            Range(detector.MinSamples, 1, Math.Max(1, detector.Window), key + ".minSamples");
            Span(detector.MinSpread, TimeSpan.Zero, detector.MaxAge, key + ".minSpread");
            Span(detector.MaxAge, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), key + ".maxAge");
            Range(detector.SameFrameBits, 0, 32, key + ".sameFrameBits");
            Range(detector.Hysteresis, 0, 100, key + ".hysteresis");
            Range(detector.DeclaredPrior, 0, 100, key + ".declaredPrior");
            Range(detector.DismissedPrior, 0, 100, key + ".dismissedPrior");
            Range(detector.MaxDismissals, 0, 100, key + ".maxDismissals");
            Range(detector.ClearBy, 0, 100, key + ".clearBy");
            Span(detector.CoolDown, TimeSpan.Zero, TimeSpan.FromDays(1), key + ".coolDown");
        }

        void Range(double value, double least, double most, string key)
        {
            // Written so that NaN is a fault too.
            if (!(value >= least && value <= most))
                errors.Add(new ValidationError($"{path}.{key}", string.Create(CultureInfo.InvariantCulture, $"{value} is not from {least} to {most}")));
        }

        void Span(TimeSpan value, TimeSpan least, TimeSpan most, string key)
        {
            if (value < least || value > most)
                errors.Add(new ValidationError($"{path}.{key}", string.Create(CultureInfo.InvariantCulture, $"{value} is not from {least} to {most}")));
        }
    }

    private static void CheckEnums(JudgePolicy policy, string path, List<ValidationError> errors)
    {
        (string Key, EnforcementAct Value)[] acts =
        [
            ("metadata", policy.Metadata), ("declaration", policy.Declaration), ("visibleMark", policy.VisibleMark), ("audibleMark", policy.AudibleMark), ("reviewer", policy.Reviewer),
            ("detectorStamp", policy.DetectorStamp), ("detectorReview", policy.DetectorReview), ("gap", policy.Gap), ("cannotStamp", policy.CannotStamp),
        ];
        foreach (var (key, value) in acts)
        {
            if (!Enum.IsDefined(value))
                errors.Add(new ValidationError($"{path}.{key}", "must be observe, report, stamp or block"));
            else if (key is "gap" or "cannotStamp" && value == EnforcementAct.Stamp)
                errors.Add(new ValidationError($"{path}.{key}", "must be observe, report or block: there is nothing to stamp by"));
        }

        if (policy.DetectorReview > policy.DetectorStamp)
            errors.Add(new ValidationError($"{path}.detectorReview", "must not be harder than detectorStamp, which is the surer ground"));
        if (!Enum.IsDefined(policy.StampFor))
            errors.Add(new ValidationError($"{path}.stampFor", "must be continuous or minimum"));
        if (!Enum.IsDefined(policy.Corner))
            errors.Add(new ValidationError($"{path}.corner", "must be topLeft, topRight, bottomLeft or bottomRight"));
        if (policy.ForcedTier == Tier.None || !Enum.IsDefined(policy.ForcedTier))
            errors.Add(new ValidationError($"{path}.forcedTier", "must be suspected, possible or confirmed"));
    }
}
