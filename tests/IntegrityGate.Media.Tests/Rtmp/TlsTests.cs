using System.Security.Cryptography;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrityGate.Media.Tests.Rtmp;

[Collection(nameof(LimitTests))] // counts of strangers are for the whole process
public sealed class TlsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pinned_certificate_is_taken_whoever_signed_it_and_no_other()
    {
        using var certificate = TestCertificate.Create("localhost");
        await using var host = await TestHost.StartAsync(listen: options => options.UseHttps(certificate));
        var target = new RtmpTarget("127.0.0.1", host.Port, true, "live");
        var pin = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        await using (var client = await PublishAsync(target, new RtmpClientOptions { Key = new StreamKey("key"), CertificateSha256 = pin }))
        {
            await host.Application.NextAsync();
        }

        var wrong = await Assert.ThrowsAsync<RtmpFailedException>(() => PublishAsync(
            target, new RtmpClientOptions { Key = new StreamKey("key"), CertificateSha256 = new string('0', 64) }));
        Assert.Contains($"{target}: {RtmpStage.Tls}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_and_a_trusted_root_accepted_for_its_name_only()
    {
        using var certificate = TestCertificate.Create("localhost");
        await using var host = await TestHost.StartAsync(listen: options => options.UseHttps(certificate));
        var options = new RtmpClientOptions { Key = new StreamKey("key") };
        await Assert.ThrowsAsync<RtmpFailedException>(() => PublishAsync(new RtmpTarget("localhost", host.Port, true, "live"), options));

        var trusting = options with { TrustedRoots = [certificate] };
        await using (var client = await PublishAsync(new RtmpTarget("localhost", host.Port, true, "live"), trusting))
        {
            await host.Application.NextAsync();
        }

        await Assert.ThrowsAsync<RtmpFailedException>(() => PublishAsync(new RtmpTarget("127.0.0.1", host.Port, true, "live"), trusting));
    }

    [Fact]
    public async Task A_TLS_client_on_a_plain_port_and_a_plain_client_on_a_TLS_port_are_closed()
    {
        using var certificate = TestCertificate.Create("localhost");
        await using var plain = await TestHost.StartAsync();
        var failed = await Assert.ThrowsAsync<RtmpFailedException>(() => PublishAsync(
            new RtmpTarget("127.0.0.1", plain.Port, true, "live"), new RtmpClientOptions { Key = new StreamKey("key") }));
        Assert.Contains(RtmpStage.Tls.ToString(), failed.Message, StringComparison.Ordinal);

        await using var tls = await TestHost.StartAsync(listen: options => options.UseHttps(certificate));
        failed = await Assert.ThrowsAsync<RtmpFailedException>(() => PublishAsync(
            new RtmpTarget("127.0.0.1", tls.Port, false, "live"), new RtmpClientOptions { Key = new StreamKey("key") }));
        Assert.Contains(RtmpStage.Handshake.ToString(), failed.Message, StringComparison.Ordinal);
    }

    private static Task<RtmpClient> PublishAsync(RtmpTarget target, RtmpClientOptions options) =>
        RtmpClient.PublishAsync(target, options, new(), TimeProvider.System, NullLogger.Instance, Ct);
}
