using IntegrityGate.Core.Rules;

namespace IntegrityGate.Enforcement.Marks;

/// <summary>When words or a picture on the picture count as a mark.</summary>
public sealed record MarkReadingOptions
{
    /// <summary>0.7: least confidence of a line that states AI content. Its words are many, and a slip leaves none of the statements that are known.</summary>
    public double StatementConfidence { get; init; } = 0.7;

    /// <summary>0.8: least confidence of a line that is a name; names are short, and one wrong letter makes another word.</summary>
    public double NameConfidence { get; init; } = 0.8;

    /// <summary>40 characters without spaces: the longest platform string known has 17, an English sentence of the kind some thirty. A longer line is a text about the matter.</summary>
    public int MaxCharacters { get; init; } = 40;

    /// <summary>0.25: a statement's centre lies in the outer quarter of the width or the height, as a label's (GB 45438-2025 5.4 gives no figure).</summary>
    public double StatementBand { get; init; } = 0.25;

    /// <summary>0.15: a name's centre lies in the outer 15 %. The marks known stand within a tenth of an edge; chat and titles mostly further in.</summary>
    public double NameBand { get; init; } = 0.15;

    /// <summary>0.01 of the short side: lower glyphs cannot be read at 360 lines.</summary>
    public double MinNameHeight { get; init; } = 0.01;

    /// <summary>0.09 of the short side: a mark that is higher would be a title.</summary>
    public double MaxNameHeight { get; init; } = 0.09;

    /// <summary>2 readings of a statement in one place: one frame decides nothing, and words that fly over the picture are not in one place.</summary>
    public int StatementLooks { get; init; } = 2;

    /// <summary>3 looks that show a name or a logo in one place.</summary>
    public int NameLooks { get; init; } = 3;

    /// <summary>4 s from the first to the last of them: a caption is gone by then, a line of chat has moved.</summary>
    public TimeSpan NameSpread { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>0.66 of the looks since the first must have shown it: a mark stays, chat that names a generator again and again does not.</summary>
    public double MinShare { get; init; } = 0.66;

    /// <summary>10 looks at a mark's place at the higher pace; what is not settled by then is left to the ordinary one, so that nobody can hold the gate to it.</summary>
    public int MaxUrgentLooks { get; init; } = 10;

    /// <summary>30 s without it: what is not established is forgotten.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>60 s: for so long after it was last seen a mark still speaks for the content; marks of generators come and go within seconds, and a label on the start frame alone is lawful.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is out of range, each with its path.</summary>
    /// <param name="path">Path of these options.</param>
    internal IEnumerable<ValidationError> Faults(string path)
    {
        (string Key, double Value, double Least, double Most)[] numbers =
        [
            ("statementConfidence", StatementConfidence, 0, 1), ("nameConfidence", NameConfidence, 0, 1), ("maxCharacters", MaxCharacters, 4, 256),
            ("statementBand", StatementBand, 0.05, 0.5), ("nameBand", NameBand, 0.05, 0.5), ("minNameHeight", MinNameHeight, 0, MaxNameHeight),
            ("maxNameHeight", MaxNameHeight, 0.01, 1), ("statementLooks", StatementLooks, 1, 100), ("nameLooks", NameLooks, 1, 100),
            ("nameSpread", NameSpread.TotalSeconds, 0, Window.TotalSeconds), ("minShare", MinShare, 0, 1), ("maxUrgentLooks", MaxUrgentLooks, 0, 1000),
            ("window", Window.TotalSeconds, 0.001, 3600), ("hold", Hold.TotalSeconds, 0.001, 86400),
        ];
        foreach (var (key, value, least, most) in numbers)
        {
            // Written so that NaN is a fault too.
            if (!(value >= least && value <= most))
                yield return new ValidationError($"{path}.{key}", FormattableString.Invariant($"{value} is not from {least} to {most}"));
        }
    }
}
