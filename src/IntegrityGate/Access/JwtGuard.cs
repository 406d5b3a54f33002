using IntegrityGate.Configuration;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrityGate.Access;

/// <summary>
/// Lets publishers in who bring a token (RFC 7519) signed by the configured issuer, not expired, whose claim names the stream.
/// The token is the query parameter <c>token</c> or <c>jwt</c>, or the password beside a user name (<c>pass</c>).
/// </summary>
internal sealed class JwtGuard(JwtOptions options, KeySet keys, TimeProvider time) : IPublishGuard
{
    private static readonly string[] s_parameters = ["token", "jwt", "pass"];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = options.MaxTokenBytes, MapInboundClaims = false };

    /// <inheritdoc/>
    public string Name => "jwt";

    /// <inheritdoc/>
    public async ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        var text = s_parameters.Select(address.Parameter).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        if (text is null)
            return GuardAnswer.Refuse("A token is needed to publish here.");
        if (text.Length > options.MaxTokenBytes || !_handler.CanReadToken(text) || Read(text) is not { } unverified)
            return GuardAnswer.Refuse("The token cannot be read.");

        // Before any key is looked for: a forged header must not cause a fetch.
        if (!options.Algorithms.Contains(unverified.Alg, StringComparer.Ordinal))
            return GuardAnswer.Refuse("The token is signed by an algorithm that is not accepted.");
        if (await keys.KeysForAsync(unverified.Kid, cancellationToken) is not { Count: > 0 } candidates)
            return GuardAnswer.Refuse("The key that signed the token is not known.");

        var result = await _handler.ValidateTokenAsync(text, ParametersWith(candidates));
        if (!result.IsValid)
            return GuardAnswer.Refuse(Reason(result.Exception));
        var path = $"{address.App}/{address.Stream}";
        return Patterns((JsonWebToken)result.SecurityToken).Any(pattern => PathPattern.Matches(pattern, path))
            ? GuardAnswer.Allow
            : GuardAnswer.Refuse("The token is not for this stream.");
    }

    // The library throws exceptions of many kinds at what is no token, and documents few of them.
    private JsonWebToken? Read(string text)
    {
        try
        {
            var token = _handler.ReadJsonWebToken(text);
            return token.Alg is null ? null : token;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private TokenValidationParameters ParametersWith(IEnumerable<SecurityKey> candidates) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidAlgorithms = options.Algorithms,
        IssuerSigningKeys = candidates,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = IsAlive,
    };

    // RFC 7519 sections 4.1.4 and 4.1.5, by our clock instead of the library's.
    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < Later(end, options.ClockSkew) && (notBefore is not { } begin || now.Add(options.ClockSkew) >= begin);
    }

    private static DateTime Later(DateTime moment, TimeSpan by) => DateTime.MaxValue - moment > by ? moment + by : DateTime.MaxValue;

    // A list of patterns, or one text with spaces between them, as scopes are written (RFC 8693 section 4.2).
    private IEnumerable<string> Patterns(JsonWebToken token) => token.Claims
        .Where(claim => claim.Type == options.Claim)
        .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Reason(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException
            => "The token is not valid now.",
        SecurityTokenInvalidIssuerException => "The token is of another issuer.",
        SecurityTokenInvalidAudienceException => "The token is for another audience.",
        SecurityTokenInvalidAlgorithmException => "The token is signed by an algorithm that is not accepted.",
        _ => "The token's signature is not valid.",
    };
}
