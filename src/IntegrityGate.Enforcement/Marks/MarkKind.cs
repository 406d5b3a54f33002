namespace IntegrityGate.Enforcement.Marks;

/// <summary>How far a mark can be trusted by itself.</summary>
public enum MarkKind
{
    /// <summary>It says that the content is made by AI, in so many words.</summary>
    Statement = 0,

    /// <summary>The name of a generator that means little else.</summary>
    Name = 1,

    /// <summary>The name of a generator that is also an ordinary word, or a name of people: it counts only in company, or when it wanders as its generator's does.</summary>
    Word = 2,

    /// <summary>A picture.</summary>
    Logo = 3,
}
