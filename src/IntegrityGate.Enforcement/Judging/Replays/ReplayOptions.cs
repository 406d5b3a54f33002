namespace IntegrityGate.Enforcement.Judging.Replays;

/// <summary>When a picture that comes again, or stands still, is a finding. The numbers' measurements are in docs/5-detectors-and-models.md.</summary>
public sealed record ReplayOptions
{
    /// <summary>On: a loop or a still picture posing as live is worth a reviewer's look.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>8 of 256 bits: the same moment encoded twice differed by 2 in the median, other moments of a scene by 10 or more on 33 of 34 clips.</summary>
    public int MatchBits { get; init; } = 8;

    /// <summary>2 of 256 bits: two looks at a slide or a paused picture; two looks at a person, a second apart, differ by more.</summary>
    public int UnchangedBits { get; init; } = 2;

    /// <summary>2: the whole loop was shown again twice. One repeat is a replayed scene, an advertisement, a jingle.</summary>
    public int MinRepeats { get; init; } = 2;

    /// <summary>6 different pictures came again: a camera that pans between two views shows two.</summary>
    public int MinPictures { get; init; } = 6;

    /// <summary>12, in natural logarithms: the pictures that came again are 160,000 times likelier under a loop than by chance.</summary>
    public double Evidence { get; init; } = 12;

    /// <summary>2 s: what repeats faster is motion (a turning wheel, a rocking chair), not a recording.</summary>
    public TimeSpan MinPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>60 ms: two frames at 30 fps. Moving pictures further apart do not match anyway.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>A quarter of the looks may show what the look before showed; beyond that it is a slide show, and slides may come again.</summary>
    public double MaxUnchanged { get; init; } = 0.25;

    /// <summary>4,096 looks are remembered, 40 bytes each: 160 KiB a stream, two and a quarter hours at a look in 2 s; longer loops are not found.</summary>
    public int MemoryLooks { get; init; } = 4096;

    /// <summary>10 min without motion: a pause or a slide seldom lasts so long; zero never calls a picture still.</summary>
    public TimeSpan StillAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Half of the picture's textured parts never moved: the rest may be an overlay (clock, ticker, chat). A camera's noise moves textured parts everywhere.</summary>
    public double StillShare { get; init; } = 0.5;
}
