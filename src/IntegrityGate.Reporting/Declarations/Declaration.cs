using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;
using IntegrityGate.Reporting.Streams;

namespace IntegrityGate.Reporting.Declarations;

/// <summary>What the platform declares of a stream.</summary>
/// <param name="Id">Unique; UUID version 7.</param>
/// <param name="Stream">The stream's public id.</param>
/// <param name="SessionId">The session it belongs to; empty for every session, or, with a bound in media time, for the next one that comes.</param>
/// <param name="Attribute">What it says of the content.</param>
/// <param name="From">From when; null from the beginning.</param>
/// <param name="Until">Until when; null until withdrawn.</param>
/// <param name="By">Who declares.</param>
/// <param name="Agreement">The agreement or order behind it (CAC labelling Measures, art. 9); may be empty.</param>
/// <param name="DeclaredAt">When, to the millisecond.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null while it stands.</param>
/// <param name="WithdrawnBy">Who withdrew it.</param>
/// <param name="WithdrawnWhy">Why it was withdrawn.</param>
/// <param name="EndedAt">When another session took the place of the one it belonged to; null before.</param>
public sealed record Declaration(
    string Id,
    StreamId Stream,
    string SessionId,
    AigcAttribute Attribute,
    DeclarationMoment? From,
    DeclarationMoment? Until,
    string By,
    string Agreement,
    DateTimeOffset DeclaredAt,
    DateTimeOffset? WithdrawnAt = null,
    string WithdrawnBy = "",
    string WithdrawnWhy = "",
    DateTimeOffset? EndedAt = null)
{
    /// <summary>True when a bound is media time, which only means something within one session.</summary>
    public bool IsOfOneSession => From?.Media is not null || Until?.Media is not null;

    /// <summary>The claim that the judge of a session is told.</summary>
    /// <param name="anchor">Maps the wall clock to the session's.</param>
    public Claim ToClaim(ClockAnchor anchor) =>
        new(Id, ClaimSource.Api, Attribute, From?.On(anchor), Until?.On(anchor), Label: null, By);
}
