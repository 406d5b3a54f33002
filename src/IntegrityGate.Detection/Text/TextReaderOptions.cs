namespace IntegrityGate.Detection.Text;

/// <summary>How hard the text reader looks, and the limits that keep a frame full of text from eating the cores.</summary>
public sealed record TextReaderOptions
{
    /// <summary>
    /// Short side, px, at which lines are looked for; default 384. A label of 5 % of the short side is then 19 px high whatever the
    /// frame's size; smaller frames are enlarged to it.
    /// </summary>
    public int DetectionShortSide { get; init; } = 384;

    /// <summary>Longest side, px, at which lines are looked for; default 1344. Bounds the work on frames much longer than wide (16:9 takes 683).</summary>
    public int DetectionLongSideMax { get; init; } = 1344;

    /// <summary>
    /// Lines whose height is under this share of the short side are not read; default 0.02. GB 45438-2025 5.4 asks for 0.05: what
    /// is under half of that need not be read to be known as too small, and tickers and chat overlays are full of it.
    /// </summary>
    public double MinLineHeightFraction { get; init; } = 0.02;

    /// <summary>Lines read a frame, those nearest to an edge first (that is where labels must stand); default 24. A line of 7 characters costs a third of finding the lines (models/README.md), longer ones more: 24 such lines cost 8 times that.</summary>
    public int MaxLines { get; init; } = 24;

    /// <summary>Lines recognised in one run; default 8. Runs of lines of like width share the cost of starting; more only adds memory.</summary>
    public int RecognitionBatch { get; init; } = 8;

    /// <summary>
    /// Widest line as the recogniser sees it (at its height of 48 px); default 960, some 20 Chinese characters. Longer lines are
    /// squeezed to it. It bounds the output: 120 steps of 6,625 classes, 3 MB a line.
    /// </summary>
    public int RecognitionWidthMax { get; init; } = 960;

    /// <summary>
    /// Share of the height that each of the two edge bands takes; default 0.25, the band in which a label counts as standing at an
    /// edge. Reading both costs half of reading the frame.
    /// </summary>
    public double EdgeBand { get; init; } = 0.25;

    /// <summary>30 s of media time, for which readings of the edges or of a held label may stand in for one of the whole frame: what stands in the middle is seen within it.</summary>
    public TimeSpan WholeInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Frames read at a time; default the number of cores, since a run uses one thread and more would only share cores.</summary>
    public int Concurrency { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Notes what is wrong, each with its path.</summary>
    public void Validate(string path, ICollection<string> errors)
    {
        Check(DetectionShortSide, 64, 2160, "detectionShortSide");
        Check(DetectionLongSideMax, Math.Max(DetectionShortSide, 64), 8192, "detectionLongSideMax");
        Check(MaxLines, 1, 1000, "maxLines");
        Check(RecognitionBatch, 1, 64, "recognitionBatch");
        Check(RecognitionWidthMax, 64, 4096, "recognitionWidthMax");
        Check(Concurrency, 1, 256, "concurrency");
        if (!(EdgeBand is >= 0.05 and <= 0.5))
            errors.Add($"{path}.edgeBand: is {EdgeBand}, must be 0.05 to 0.5");
        if (WholeInterval < TimeSpan.Zero || WholeInterval > TimeSpan.FromHours(1))
            errors.Add($"{path}.wholeInterval: is {WholeInterval}, must be 0 to 1 h");
        if (!(MinLineHeightFraction is >= 0 and < 0.05))
            errors.Add($"{path}.minLineHeightFraction: is {MinLineHeightFraction}, must be 0 to less than 0.05 (GB 45438-2025 5.4)");

        void Check(int value, int min, int max, string name)
        {
            if (value < min || value > max)
                errors.Add($"{path}.{name}: is {value}, must be {min} to {max}");
        }
    }
}
