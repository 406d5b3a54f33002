using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Signed tokens (RFC 7519) that publishers bring.</summary>
/// <param name="Jwks">Where the issuer's keys are (RFC 7517): an http(s) URL or a file.</param>
/// <param name="Issuer">The <c>iss</c> that a token must have.</param>
/// <param name="Audience">An <c>aud</c> that a token must have.</param>
/// <param name="Algorithms">The <c>alg</c> values that are accepted (RFC 7518 section 3.1), never <c>none</c>.</param>
/// <param name="ClockSkew">By how much the issuer's clock may differ.</param>
/// <param name="Claim">The claim that lists the <c>app/stream</c> patterns a token is for.</param>
/// <param name="Refresh">Age at which keys are fetched again.</param>
/// <param name="UnknownKeyRefresh">Least time between two fetches that tokens with unknown key ids cause.</param>
/// <param name="MaxTokenBytes">Longest token that is read, bytes.</param>
public sealed record JwtOptions(
    string Jwks,
    string Issuer,
    string Audience,
    ValueList<string> Algorithms,
    TimeSpan ClockSkew,
    string Claim,
    TimeSpan Refresh,
    TimeSpan UnknownKeyRefresh,
    int MaxTokenBytes)
{
    /// <summary>The URL of the keys; null when they are in a file.</summary>
    public Uri? JwksUrl => Uri.TryCreate(Jwks, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") ? url : null;

    /// <summary>Issuer and audience; never the URL, which may hold a credential.</summary>
    public override string ToString() => $"tokens of {Issuer} for {Audience}";
}
