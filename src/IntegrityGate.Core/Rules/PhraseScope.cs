namespace IntegrityGate.Core.Rules;

/// <summary>How much of a line a phrase must make up.</summary>
public enum PhraseScope
{
    /// <summary>It stands somewhere in the line, as whole words where it is in Latin letters.</summary>
    Words = 0,

    /// <summary>It is the whole line.</summary>
    Line = 1,
}
