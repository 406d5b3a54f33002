namespace IntegrityGate.LoadHarness.Reports;

/// <summary>What one experiment found.</summary>
internal sealed class ExperimentReport(string name, string title)
{
    /// <summary>More than this of a core used by others makes a run one on a busy machine: a tenth shifts medians by less than their spread.</summary>
    public const double BusyCores = 0.1;

    private readonly List<Series> _series = [];
    private readonly List<Series> _ratios = [];
    private readonly List<string> _notes = [];
    private readonly Series _others = new("machine", "used by others", "cores");

    /// <summary>Its short name.</summary>
    public string Name => name;

    /// <summary>What it asks.</summary>
    public string Title => title;

    /// <summary>Figures.</summary>
    public IReadOnlyList<Series> Figures => _series;

    /// <summary>Figures of two ways divided, round by round.</summary>
    public IReadOnlyList<Series> Ratios => _ratios;

    /// <summary>What a reader must know of them.</summary>
    public IReadOnlyList<string> Notes => _others.Values.Count == 0 ? _notes : [.. _notes, Weather()];

    /// <summary>Adds a figure.</summary>
    public void Add(string way, string figure, string unit, double value)
    {
        var series = _series.Find(series => series.Way == way && series.Figure == figure);
        if (series is null)
            _series.Add(series = new Series(way, figure, unit));
        series.Add(value);
    }

    /// <summary>Adds what a run tells of the machine and of delivery, which every experiment reports.</summary>
    public void AddConditions(string way, RunResult run)
    {
        _others.Add(run.OthersCores);
        if (run.Report.Delivered < 0.98)
            Note(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{way}: only {run.Report.Delivered:P1} of the packets arrived in one window; it is charged for these only."));
    }

    /// <summary>Divides the figures of two ways round by round; says nothing when one of them is missing.</summary>
    public void Compare(string figure, string way, string baseline)
    {
        if (Find(way, figure) is not { } above || Find(baseline, figure) is not { } below || above.Values.Count != below.Values.Count)
            return;
        var ratio = new Series($"{way} / {baseline}", figure, "x");
        foreach (var (first, second) in above.Values.Zip(below.Values))
            ratio.Add(first / second);
        _ratios.Add(ratio);
    }

    /// <summary>A figure by its names.</summary>
    public Series? Find(string way, string figure) => _series.Find(series => series.Way == way && series.Figure == figure);

    /// <summary>Adds a remark, once.</summary>
    public void Note(string text)
    {
        if (!_notes.Contains(text))
            _notes.Add(text);
    }

    private string Weather()
    {
        var text = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Others used {_others.Median:0.00} cores of this machine at the median, {_others.Most:0.00} at most.");
        return _others.Most > BusyCores ? "BUSY MACHINE: take ratios, not absolute figures. " + text : text;
    }
}
