using IntegrityGate.Access;
using IntegrityGate.Access.Hooks;
using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Reads the section <c>access</c>.</summary>
internal static class AccessOptionsReader
{
    // RFC 7518 section 3.1 without none; EdDSA is not among what the token library verifies.
    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512"];

    public static AccessOptions Read(SectionReader s) => new(s.Networks("addresses"), Keys(s), Jwt(s.Section("jwt")), Hook(s.Section("hook")));

    private static ValueList<AccessKeyOptions> Keys(SectionReader s)
    {
        List<AccessKeyOptions> keys = [];
        foreach (var item in s.Items("keys"))
        {
            var app = item.Required("app");
            var stream = item.Text("stream");
            if (KeyHash.TryParse(item.Text("hash"), out var hash, out var error))
                keys.Add(new AccessKeyOptions(app, stream.Length == 0 ? "**" : stream, hash));
            else
                item.Fail("hash", error);
        }

        return [.. keys];
    }

    private static JwtOptions? Jwt(SectionReader s)
    {
        var jwt = new JwtOptions(
            s.Text("jwks"),
            s.Text("issuer"),
            s.Text("audience"),
            s.List("algorithms"),
            s.Duration("clockSkew", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            s.Required("claim"),
            s.Duration("refresh", TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)),
            s.Duration("unknownKeyRefresh", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            (int)s.Size("maxToken", 256, 64 << 10));
        foreach (var algorithm in jwt.Algorithms.Where(a => !s_algorithms.Contains(a, StringComparer.Ordinal)))
            s.Fail("algorithms", $"'{algorithm}' is not one of {string.Join(", ", s_algorithms)}");
        if (jwt.Jwks.Length == 0)
        {
            // Half a setting must not read as an open door.
            if (jwt.Issuer.Length > 0 || jwt.Audience.Length > 0)
                s.Fail("jwks", "is not set, although an issuer or an audience is");
            return null;
        }

        if (jwt.JwksUrl is null && (jwt.Jwks.Contains("://", StringComparison.Ordinal) || !File.Exists(jwt.Jwks)))
            s.Fail("jwks", "is neither an http:// or https:// URL nor a file that exists");
        if (jwt.Algorithms.Count == 0)
            s.Fail("algorithms", "names none; no token could be accepted");
        if (jwt.Issuer.Length == 0)
            s.Fail("issuer", "must not be empty: any issuer's token would do");
        if (jwt.Audience.Length == 0)
            s.Fail("audience", "must not be empty: a token made for another service would do");
        return jwt;
    }

    private static HookOptions? Hook(SectionReader s)
    {
        var text = s.Text("url");
        var hook = new HookOptions(
            text,
            s.Choice<HookStyle>("style"),
            s.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)),
            s.Integer("retries", 0, 5),
            s.Choice<HookFailure>("failure"));
        if (text.Length == 0)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
            return hook;
        s.Fail("url", "is not an http:// or https:// URL");
        return null;
    }
}
