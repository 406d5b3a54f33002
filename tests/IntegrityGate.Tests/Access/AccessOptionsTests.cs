using IntegrityGate.Access;
using IntegrityGate.Access.Hooks;
using IntegrityGate.Configuration;

namespace IntegrityGate.Tests.Access;

public sealed class AccessOptionsTests
{
    private static readonly string s_hash = KeyHash.Create("s3cret", KeyHash.MinIterations).Text;

    [Fact]
    public void By_default_everybody_may_publish_and_it_is_said_so()
    {
        var access = Read("");
        Assert.True(access.IsOpen);
        Assert.Equal("everyone may publish: no guard is configured", access.Summary);
    }

    [Fact]
    public void A_file_sets_every_guard()
    {
        var access = Read($"""
            access:
              addresses: [192.0.2.0/24, "2001:db8::/32"]
              keys:
                - app: live
                  hash: {s_hash}
                - app: studio
                  stream: camera-*
                  hash: {s_hash}
              jwt:
                jwks: https://issuer.example/jwks.json
                issuer: https://issuer.example/
                audience: gate
                algorithms: [ES256]
              hook:
                url: https://us3r:pa55@hook.example/publish?t=s3cret
                style: mediamtx
                failure: allow
            """);
        Assert.Equal(2, access.Addresses.Count);
        Assert.Equal([("live", "**"), ("studio", "camera-*")], access.Keys.Select(k => (k.App, k.Stream)));
        Assert.Equal(["ES256"], access.Jwt!.Algorithms);
        Assert.Equal(TimeSpan.FromSeconds(30), access.Jwt.ClockSkew);
        Assert.Equal((HookStyle.Mediamtx, HookFailure.Allow, TimeSpan.FromSeconds(3), 1), (access.Hook!.Style, access.Hook.Failure, access.Hook.Timeout, access.Hook.Retries));
        Assert.Equal("https://hook.example/publish", access.Hook.Place);
        Assert.Equal("guarded by addresses, keys, jwt, hook", access.Summary);
        var shown = $"{access} {access.Hook} {access.Jwt} {access.Keys[0]} {access.Keys[0].Hash}";
        Assert.All(["us3r", "pa55", "s3cret", s_hash], secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_settings_are_equal_and_another_hook_password_is_a_difference()
    {
        var yaml = $"access:\n  addresses: [192.0.2.0/24]\n  keys: [{{app: live, hash: {s_hash}}}]\n  hook: {{url: 'http://a:b@host/'}}\n";
        Assert.Equal(Read(yaml), Read(yaml));
        Assert.NotEqual(Read(yaml), Read(yaml.Replace("a:b", "a:c", StringComparison.Ordinal)));
    }

    [Fact]
    public void All_errors_come_at_once_each_with_its_path()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read("""
            access:
              addresses: [192.0.2.7/24]
              keys:
                - app: ""
                  hash: s3cret
                - app: live
                  hsah: x
              jwt:
                jwks: ftp://issuer
                algorithms: [none]
                clockSkew: 1h
              hook:
                url: hook.example
                style: soap
                retries: 9
                failure: maybe
            """));
        Assert.Equal(
            [
                "access.addresses: '192.0.2.7/24' has address bits behind its prefix length",
                "access.hook.failure: 'maybe' is not one of refuse, allow",
                "access.hook.retries: 9 is not between 0 and 5",
                "access.hook.style: 'soap' is not one of nginx, mediamtx, srs",
                "access.hook.url: is not an http:// or https:// URL",
                "access.jwt.algorithms: 'none' is not one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, HS256, HS384, HS512",
                "access.jwt.audience: must not be empty: a token made for another service would do",
                "access.jwt.clockSkew: 01:00:00 is not between 00:00:00 and 00:10:00",
                "access.jwt.issuer: must not be empty: any issuer's token would do",
                "access.jwt.jwks: is neither an http:// or https:// URL nor a file that exists",
                "access.keys.0.app: must not be empty",
                "access.keys.0.hash: is not of the form pbkdf2-sha256$iterations$salt$hash that `integritygate hash-key` prints",
                "access.keys.1.hash: is not of the form pbkdf2-sha256$iterations$salt$hash that `integritygate hash-key` prints",
                "access.keys.1.hsah: is not a setting",
            ],
            exception.Errors.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("s3cret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access: {jwt: {issuer: x}}", "access.jwt.jwks: is not set, although an issuer or an audience is")]
    [InlineData("access: {keys: live}", "access.keys: is not a list")]
    public void Half_a_setting_is_an_error_and_not_an_open_door(string yaml, string expected) =>
        Assert.Equal([expected], Assert.Throws<ConfigurationException>(() => Read(yaml)).Errors);

    private static AccessOptions Read(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return GateOptionsReader.Read(GateConfiguration.Build(file, new Dictionary<string, string?>())).Access;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
