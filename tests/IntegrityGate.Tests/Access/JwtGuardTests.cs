using System.Security.Cryptography;
using IntegrityGate.Access;
using IntegrityGate.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace IntegrityGate.Tests.Access;

public sealed class JwtGuardTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly HttpClient _client = AccessClient.Create();
    private readonly FakeTimeProvider _time = new(s_now);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _second = RSA.Create(2048);
    private readonly string _file = Path.GetTempFileName();
    private readonly CollectingLogger<KeySet> _log = new();

    public void Dispose()
    {
        _client.Dispose();
        _rsa.Dispose();
        _second.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("token", "live/room", true)]
    [InlineData("jwt", "live/room", true)]
    [InlineData("pass", "live/room", true)]
    [InlineData("other", "live/room", false)]
    [InlineData("token", "live/*", true)]
    [InlineData("token", "studio/x live/r*", true)]
    [InlineData("token", "live/roo", false)]
    [InlineData("token", "", false)]
    public async Task A_token_opens_the_streams_that_its_claim_names(string parameter, string patterns, bool isAllowed)
    {
        var answer = await AskAsync($"room?{parameter}={Token(patterns)}");
        Assert.Equal(isAllowed, answer.IsAllowed);
    }

    [Fact]
    public async Task The_claim_may_be_a_list() =>
        Assert.True((await AskAsync("room?token=" + Token(new[] { "studio/x", "live/room" }))).IsAllowed);

    [Fact]
    public async Task Elliptic_curve_keys_and_tokens_without_a_key_id_work()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = curve.ExportParameters(false).Q;
        File.WriteAllText(_file, $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""");
        var token = Token("live/*", credentials: new SigningCredentials(new ECDsaSecurityKey(curve), SecurityAlgorithms.EcdsaSha256));
        var answer = await AskAsync(Guard(Options(_file)), token);
        Assert.True(answer.IsAllowed, answer.Reason);
    }

    [Theory]
    [InlineData("https://other", "gate", 0, 60, "The token is of another issuer.")]
    [InlineData("https://issuer", "other", 0, 60, "The token is for another audience.")]
    [InlineData("https://issuer", "gate", -120, -31, "The token is not valid now.")]
    [InlineData("https://issuer", "gate", -120, -29, "")]
    [InlineData("https://issuer", "gate", 31, 60, "The token is not valid now.")]
    [InlineData("https://issuer", "gate", 29, 60, "")]
    public async Task Issuer_audience_and_time_are_checked(string issuer, string audience, int begins, int ends, string reason) =>
        Assert.Equal(reason, (await AskAsync("room?token=" + Token("live/*", issuer, audience, begins, ends))).Reason);

    [Fact]
    public async Task A_token_without_an_end_is_refused()
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://issuer",
            Audience = "gate",
            Claims = new Dictionary<string, object> { ["publish"] = "live/*" },
            SigningCredentials = Credentials(_rsa, "k1"),
        });
        Assert.False((await AskAsync("room?token=" + token)).IsAllowed);
    }

    [Fact]
    public async Task A_token_without_a_signature_or_of_another_algorithm_is_refused()
    {
        const string reason = "The token is signed by an algorithm that is not accepted.";
        var parts = Token("live/*").Split('.');
        Assert.Equal(reason, (await AskAsync($"room?token={Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.")).Reason);

        // The issuer's public key used as the secret of an HMAC.
        var confused = new SigningCredentials(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
        Assert.Equal(reason, (await AskAsync("room?token=" + Token("live/*", credentials: confused))).Reason);
    }

    [Fact]
    public async Task A_forged_signature_is_refused_and_the_answer_does_not_show_the_token()
    {
        var token = Token("live/*", credentials: Credentials(_second, "k1"));
        var answer = await AskAsync("room?token=" + token);
        Assert.Equal("The token's signature is not valid.", answer.Reason);
    }

    [Fact]
    public async Task A_token_longer_than_the_limit_is_not_read() =>
        Assert.Equal("The token cannot be read.", (await AskAsync("room?token=" + Token("live/* " + new string('x', 8192)))).Reason);

    [Fact]
    public async Task Whatever_is_sent_as_a_token_is_refused_and_nothing_throws()
    {
        var good = Token("live/*");
        var guard = Guard(FileOf((_rsa, "k1")));
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = good.ToCharArray();
            for (var n = random.Next(1, 6); n > 0; n--)
                bytes[random.Next(bytes.Length - 2)] = ".{}\"=_-Aa0~\0é"[random.Next(13)]; // the last character's spare bits do not count
            var text = new string(bytes);
            if (text == good)
                continue;
            Assert.False((await guard.CheckAsync(Publishers.Of("live", "room?token=" + text[..random.Next(text.Length)]), TestContext.Current.CancellationToken)).IsAllowed);
            Assert.False((await guard.CheckAsync(Publishers.Of("live", "room?token=" + text), TestContext.Current.CancellationToken)).IsAllowed, text);
        }
    }

    [Fact]
    public async Task Keys_are_fetched_once_again_when_old_and_at_once_for_a_new_key_id()
    {
        var served = Jwks((_rsa, "k1"));
        await using var server = await HookServer.StartAsync((context, _) => context.Response.WriteAsync(served));
        var guard = Guard(Options(server.Url));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(guard, Token("live/*"))));
        Assert.Single(server.Requests);

        served = Jwks((_rsa, "k1"), (_second, "k2"));
        var rotated = Token("live/*", credentials: Credentials(_second, "k2"));
        Assert.False((await AskAsync(guard, rotated)).IsAllowed); // within 30 s of the last fetch
        Assert.Single(server.Requests);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await AskAsync(guard, rotated)).IsAllowed);
        Assert.Equal(2, server.Requests.Count);

        served = Jwks((_second, "k2"));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False((await AskAsync(guard, Token("live/*", ends: 3600))).IsAllowed);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Known_keys_hold_on_while_the_issuer_is_away()
    {
        var isAway = false;
        await using var server = await HookServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = isAway ? 500 : 200;
            return context.Response.WriteAsync(isAway ? "" : Jwks((_rsa, "k1")));
        });
        var guard = Guard(Options(server.Url + "?s3cret"));
        Assert.True((await AskAsync(guard, Token("live/*"))).IsAllowed);
        isAway = true;
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await AskAsync(guard, Token("live/*", ends: 3600))).IsAllowed);
        Assert.DoesNotContain("s3cret", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"RSA"}]}""")]
    public async Task Without_keys_nobody_publishes(string jwks)
    {
        File.WriteAllText(_file, jwks);
        Assert.Equal("The key that signed the token is not known.", (await AskAsync(Guard(Options(_file)), Token("live/*"))).Reason);
    }

    private Task<GuardAnswer> AskAsync(string key) => Guard(FileOf((_rsa, "k1"))).CheckAsync(Publishers.Of("live", key), TestContext.Current.CancellationToken).AsTask();

    private static Task<GuardAnswer> AskAsync(JwtGuard guard, string token) => guard.CheckAsync(Publishers.Of("live", "room?token=" + token), TestContext.Current.CancellationToken).AsTask();

    private JwtGuard Guard(JwtOptions options) => new(options, new KeySet(options, _client, _time, _log), _time);

    private JwtOptions FileOf(params (RSA Key, string Id)[] keys)
    {
        File.WriteAllText(_file, Jwks(keys));
        return Options(_file);
    }

    private static JwtOptions Options(string jwks) => new(
        jwks, "https://issuer", "gate", ["RS256", "ES256"], TimeSpan.FromSeconds(30), "publish", TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30), 8 << 10);

    private static SigningCredentials Credentials(RSA key, string id) => new(new RsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.RsaSha256);

    private string Token(object patterns, string issuer = "https://issuer", string audience = "gate", int begins = 0, int ends = 60, SigningCredentials? credentials = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = s_now.UtcDateTime,
            NotBefore = s_now.UtcDateTime.AddSeconds(begins),
            Expires = s_now.UtcDateTime.AddSeconds(ends),
            Claims = new Dictionary<string, object> { ["publish"] = patterns },
            SigningCredentials = credentials ?? Credentials(_rsa, "k1"),
        });

    private static string Jwks(params (RSA Key, string Id)[] keys)
    {
        var items = keys.Select(k =>
        {
            var p = k.Key.ExportParameters(false);
            return $$"""{"kty":"RSA","use":"sig","kid":"{{k.Id}}","n":"{{Base64UrlEncoder.Encode(p.Modulus)}}","e":"{{Base64UrlEncoder.Encode(p.Exponent)}}"}""";
        });
        return $$"""{"keys":[{{string.Join(',', items)}}]}""";
    }
}
