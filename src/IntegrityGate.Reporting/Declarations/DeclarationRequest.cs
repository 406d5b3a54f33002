using IntegrityGate.Core.Claims;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Reporting.Declarations;

/// <summary>A declaration that is asked for.</summary>
/// <param name="Stream">The stream's public id.</param>
/// <param name="SessionId">The session it belongs to; empty for every session, or, with a bound in media time, for the live one or else the next.</param>
/// <param name="Attribute">What it says of the content.</param>
/// <param name="From">From when; null from the beginning.</param>
/// <param name="Until">Until when; null until withdrawn.</param>
/// <param name="By">Who declares.</param>
/// <param name="Agreement">The agreement or order behind it; may be empty.</param>
/// <param name="IdempotencyKey">Makes a retry harmless; may be empty.</param>
public sealed record DeclarationRequest(
    StreamId Stream,
    string SessionId,
    AigcAttribute Attribute,
    DeclarationMoment? From,
    DeclarationMoment? Until,
    string By,
    string Agreement = "",
    string IdempotencyKey = "")
{
    /// <summary>True when a bound is media time, which only means something within one session.</summary>
    public bool IsOfOneSession => From?.Media is not null || Until?.Media is not null;

    /// <summary>True when a declaration says what this request asks for. The session may have been filled in since.</summary>
    public bool IsAnsweredBy(Declaration declaration) =>
        declaration.Stream == Stream
        && (SessionId.Length == 0 || declaration.SessionId == SessionId)
        && declaration.Attribute == Attribute
        && declaration.From == From
        && declaration.Until == Until
        && declaration.By == By
        && declaration.Agreement == Agreement;
}
