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
    IReadOnlyList<string> Algorithms,
    TimeSpan ClockSkew,
    string Claim,
    TimeSpan Refresh,
    TimeSpan UnknownKeyRefresh,
    int MaxTokenBytes)
{
    /// <summary>The URL of the keys; null when they are in a file.</summary>
    public Uri? JwksUrl => Uri.TryCreate(Jwks, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") ? url : null;

    /// <inheritdoc/>
    public bool Equals(JwtOptions? other) =>
        other is not null && Jwks == other.Jwks && Issuer == other.Issuer && Audience == other.Audience && Algorithms.SequenceEqual(other.Algorithms)
        && ClockSkew == other.ClockSkew && Claim == other.Claim && Refresh == other.Refresh && UnknownKeyRefresh == other.UnknownKeyRefresh
        && MaxTokenBytes == other.MaxTokenBytes;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Jwks, Issuer, Audience, Algorithms.Count, Claim);

    /// <summary>Issuer and audience; never the URL, which may hold a credential.</summary>
    public override string ToString() => $"tokens of {Issuer} for {Audience}";
}
