using IntegrityGate.Configuration;
using IntegrityGate.Hosting.Listeners;
using IntegrityGate.Tests.Access;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Hosting;

/// <summary>Certificates that change under a running gate, and the names they are for.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private static readonly TimeSpan s_reload = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-05-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly CollectingLogger<CertificateStore> _log = new();
    private readonly CertificateFolder _folder;

    public CertificateReloadTests() => _folder = new CertificateFolder(_time.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.example", "first")]
    [InlineData("A.EXAMPLE", "first")]
    [InlineData("b.example", "second")]
    [InlineData("x.wild.example", "wild")]
    [InlineData("exact.wild.example", "second")] // an exact name is nearer than a wildcard
    [InlineData("x.y.wild.example", "first")] // one label, not two
    [InlineData("wild.example", "first")]
    [InlineData("", "first")]
    [InlineData("stranger.example", "first")]
    [InlineData(".wild.example", "first")]
    public void The_name_chooses_and_the_first_is_for_all_others(string name, string expected)
    {
        var thumbprints = new Dictionary<string, string>
        {
            [_folder.WritePem("first", ["a.example"])] = "first",
            [_folder.WritePem("second", ["b.example", "exact.wild.example"])] = "second",
            [_folder.WritePem("wild", ["*.wild.example"])] = "wild",
        };
        using var store = Store(_folder.Pem("first"), _folder.Pem("second"), _folder.Pem("wild"));
        Assert.Equal(expected, thumbprints[Shown(store, name)]);
    }

    [Fact]
    public void Names_of_the_settings_take_the_place_of_those_in_the_certificate()
    {
        _folder.WritePem("first", ["a.example"]);
        var second = _folder.WritePem("second", ["b.example"]);
        using var store = Store(_folder.Pem("first"), _folder.Pem("second", "c.example"));
        Assert.Equal(second, Shown(store, "c.example"));
        Assert.NotEqual(second, Shown(store, "b.example"));
    }

    [Fact]
    public void The_common_name_counts_where_there_is_no_other()
    {
        _folder.WritePem("first", ["a.example"]);
        var common = _folder.WritePem("second", []);
        using var store = Store(_folder.Pem("first"), _folder.Pem("second"));
        Assert.Equal(common, Shown(store, "common.example"));
    }

    [Fact]
    public void A_changed_certificate_holds_from_the_next_look_on()
    {
        var before = _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        var after = _folder.WritePem("first", ["a.example"]);
        Assert.Equal(before, Shown(store, "a.example"));
        _time.Advance(s_reload);
        Assert.Equal(after, Shown(store, "a.example"));
        Assert.Contains(_log.Lines, line => line.StartsWith("6420 Information", StringComparison.Ordinal) && line.Contains(after, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_one_is_refused_once_with_an_error_and_the_old_one_goes_on()
    {
        var before = _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        File.WriteAllText(_folder.In("first.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (var i = 0; i < 5; i++)
            _time.Advance(s_reload);
        Assert.Equal(before, Shown(store, "a.example"));
        Assert.StartsWith("6421 Error", Assert.Single(_log.Lines), StringComparison.Ordinal);

        var after = _folder.WritePem("first", ["a.example"]);
        _time.Advance(s_reload);
        Assert.Equal(after, Shown(store, "a.example"));
    }

    [Fact]
    public void A_file_that_is_gone_is_complained_of_and_the_old_one_goes_on()
    {
        var before = _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        File.Delete(_folder.In("first.key"));
        for (var i = 0; i < 5; i++)
            _time.Advance(s_reload);
        Assert.Equal(before, Shown(store, "a.example"));
        Assert.StartsWith("6421 Error", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_whose_key_follows_a_moment_later_is_no_error()
    {
        _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        var oldKey = File.ReadAllBytes(_folder.In("first.key"));
        var after = _folder.WritePem("first", ["a.example"]);
        var newKey = File.ReadAllBytes(_folder.In("first.key"));
        File.WriteAllBytes(_folder.In("first.key"), oldKey);
        _time.Advance(s_reload);
        File.WriteAllBytes(_folder.In("first.key"), newKey);
        _time.Advance(s_reload);
        Assert.Equal(after, Shown(store, "a.example"));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_one_that_is_out_of_date_does_not_replace_a_valid_one()
    {
        var before = _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        _folder.WritePem("first", ["a.example"], validFor: TimeSpan.FromDays(-1));
        for (var i = 0; i < 3; i++)
            _time.Advance(s_reload);
        Assert.Equal(before, Shown(store, "a.example"));
        Assert.StartsWith("6421 Error", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_out_of_date_at_start_is_an_error_in_the_log_and_no_outage_of_the_other_ports()
    {
        _folder.WritePem("first", ["a.example"], validFor: TimeSpan.FromDays(-1));
        using var store = Store(_folder.Pem("first"));
        Assert.StartsWith("6422 Error", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void RTMP_has_no_name_in_ALPN_and_HTTP_leaves_it_to_the_server()
    {
        _folder.WritePem("first", ["a.example"]);
        using var store = Store(_folder.Pem("first"));
        Assert.Empty(store.Select("").ApplicationProtocols!);
        Assert.Null(store.SelectForHttp("").ApplicationProtocols);
    }

    private static string Shown(CertificateStore store, string name) => Convert.ToHexString(
        System.Security.Cryptography.SHA256.HashData(store.Select(name).ServerCertificateContext!.TargetCertificate.RawData));

    private CertificateStore Store(params CertificateOptions[] certificates) => new(new TlsOptions([.. certificates], s_reload), _time, _log);
}
