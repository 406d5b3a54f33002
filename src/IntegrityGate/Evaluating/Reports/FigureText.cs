using System.Globalization;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Statistics;

namespace IntegrityGate.Evaluating.Reports;

/// <summary>Figures as people read them: the same in tables, pages and sentences.</summary>
internal static class FigureText
{
    /// <summary>A number with two digits.</summary>
    public static string Of(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A figure with its interval, or a dash.</summary>
    public static string Of(Estimate estimate) => estimate.Value is { } value ? Of(value) + Of(estimate.Interval) : "-";

    /// <summary>An interval in brackets; empty without one.</summary>
    public static string Of(Interval? interval) => interval is { } i ? string.Create(CultureInfo.InvariantCulture, $" [{i.Low:0.00}, {i.High:0.00}]") : "";

    /// <summary>A share in percent with its interval over sources, or Wilson's where that is wider or the only one.</summary>
    public static string Of(ShareFigure figure)
    {
        if (figure.Share.Value is not { } value || figure.Share.Wilson is not { } wilson)
            return "-";
        var interval = figure.OverSources is { } drawn && drawn.High - drawn.Low > wilson.High - wilson.Low ? drawn : wilson;
        return Percent(value) + string.Create(CultureInfo.InvariantCulture, $" [{interval.Low * 100:0.0}, {interval.High * 100:0.0}]");
    }

    /// <summary>A share of trials in percent with Wilson's interval.</summary>
    public static string Of(Share share) => share.Value is { } value && share.Wilson is { } wilson
        ? string.Create(CultureInfo.InvariantCulture, $"{share.Hits} of {share.Trials}: {value * 100:0.0} % [{wilson.Low * 100:0.0}, {wilson.High * 100:0.0}]")
        : "none";

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Media seconds; <c>not reached</c> for none.</summary>
    public static string Of(TimeSpan? time) => time is { } span ? span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "not reached";

    /// <summary>The columns of <see cref="Row"/> behind sources and rate.</summary>
    public static IReadOnlyList<string> CascadeColumns { get; } =
        ["AI, all views", "AI, cascade", "points lost", "real, all views", "real, cascade", "views a frame, AI", "views a frame, real", "AI streams told, all / cascade", "real streams told, all / cascade"];

    /// <summary>The cascade's figures as a row.</summary>
    public static string[] Row(CascadeFigures f) =>
    [
        Of(f.Exposure), f.Rate.ToString(), Of(f.Synthetic), Of(f.SyntheticCascade), f.Lost is { } lost ? (lost * 100).ToString("0.0", CultureInfo.InvariantCulture) : "-",
        Of(f.Real), Of(f.RealCascade), Of(f.SyntheticViews), Of(f.RealViews),
        Two(f.Streams.Synthetic, f.Streams.SyntheticCascade), Two(f.Streams.Real, f.Streams.RealCascade),
    ];

    private static string Two(Share all, Share cascade) =>
        all.Trials == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{all.Hits} / {cascade.Hits} of {all.Trials}");

    /// <summary>A class's items and sources.</summary>
    public static string Of(ClassCount count) => string.Create(CultureInfo.InvariantCulture, $"{count.Items} of {count.Sources}");

    /// <summary>An exposure.</summary>
    public static string Of(Exposure exposure) => exposure switch
    {
        Exposure.Unseen => "unseen sources",
        Exposure.SameSource => "seen sources, other items",
        _ => "seen in training",
    };

    /// <summary>False labels in real stream-hours, with their bound.</summary>
    public static string FalseLabels(StreamFigures streams) => streams.FalseLabelsPerHourBound is { } bound
        ? string.Create(CultureInfo.InvariantCulture, $"{streams.FalseLabels} in {streams.RealHours:0.000} h: at most {bound:0.0}/h (95 %)")
        : "no hours of real streams";
}
