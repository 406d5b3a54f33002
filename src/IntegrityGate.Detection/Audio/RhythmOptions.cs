namespace IntegrityGate.Detection.Audio;

/// <summary>
/// What counts as the rhythm of GB 45438-2025 5.3. The clause gives "short-long, short-short" and neither pitch nor lengths; the proportions are
/// those of Morse code (ITU-R M.1677-1, 2: a dash is three dots, the space within a letter one, between letters three), and these
/// tolerances stand around them.
/// </summary>
public sealed record RhythmOptions
{
    /// <summary>45 ms: the shortest unit (27 words a minute); under it gaps drown in the window of a spectrum, and nobody hears letters.</summary>
    public double ShortestUnitSeconds { get; init; } = 0.045;

    /// <summary>330 ms: the longest unit (3.6 words a minute); the rhythm then lasts 3.6 s.</summary>
    public double LongestUnitSeconds { get; init; } = 0.33;

    /// <summary>0.4: shorts, and gaps within a letter, are one unit give or take this much: hand-made sounds and echoes.</summary>
    public double UnitTolerance { get; init; } = 0.4;

    /// <summary>2.1 units: the shortest long.</summary>
    public double ShortestLong { get; init; } = 2.1;

    /// <summary>4.5 units: the longest long.</summary>
    public double LongestLong { get; init; } = 4.5;

    /// <summary>2 units: the shortest pause between the letters; at one unit it is the letter L.</summary>
    public double ShortestPause { get; init; } = 2.0;

    /// <summary>5.5 units: the longest pause between the letters; at seven they are two words.</summary>
    public double LongestPause { get; init; } = 5.5;

    /// <summary>4.5 units without the tone before and after: with three, the letters belong to a longer word.</summary>
    public double Margin { get; init; } = 4.5;

    /// <summary>0.78: least strength, 1 less the mean deviation from the proportions.</summary>
    public double MinStrength { get; init; } = 0.78;

    /// <summary>-50 dB: the quietest tone; what is fainter is not clearly recognisable (5.3).</summary>
    public double MinLevelDb { get; init; } = -50;

    /// <summary>9 dB between the tone and the gaps at its pitch.</summary>
    public double MinContrastDb { get; init; } = 9;

    /// <summary>3.5 dB between the loudest and the faintest of the four tones: one source, evenly keyed; notes and syllables differ by more.</summary>
    public double MaxUnevennessDb { get; init; } = 3.5;

    /// <summary>1.5 dB: standard deviation of the level within a tone; a plucked or spoken sound swells and decays.</summary>
    public double MaxSwellDb { get; init; } = 1.5;

    /// <summary>10 dB between the tone and what stands five bins (156 Hz) beside it at the same time: a tone, not noise.</summary>
    public double MinTonalityDb { get; init; } = 10;

    /// <summary>200 Hz: lower tones are hardly heard on a telephone.</summary>
    public double LowestHz { get; init; } = 200;

    /// <summary>7 kHz: above it AAC at low rates cuts off.</summary>
    public double HighestHz { get; init; } = 7000;
}
