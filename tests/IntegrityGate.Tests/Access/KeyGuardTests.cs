using IntegrityGate.Access;
using IntegrityGate.Commands;
using IntegrityGate.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace IntegrityGate.Tests.Access;

public sealed class KeyGuardTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("live", "s3cret", true)]
    [InlineData("live", "s3cret?x=1", true)]
    [InlineData("live", "room?key=s3cret", true)]
    [InlineData("live", "s3cret?key=other", false)]
    [InlineData("live", "S3cret", false)]
    [InlineData("live", "", false)]
    [InlineData("other", "s3cret", false)]
    public async Task A_key_lets_in_to_its_app_only(string app, string key, bool isAllowed) =>
        Assert.Equal(isAllowed, (await AskAsync(Guard(("live", "**", "wrong"), ("live", "**", "s3cret")), app, key)).IsAllowed);

    [Theory]
    [InlineData("room-1?key=one", true)]
    [InlineData("room-2?key=one", false)]
    public async Task A_key_may_be_for_some_streams_only(string key, bool isAllowed) =>
        Assert.Equal(isAllowed, (await AskAsync(Guard(("live", "room-1", "one"), ("live", "room-2", "two")), "live", key)).IsAllowed);

    [Fact]
    public async Task A_reconnect_storm_costs_one_hash_right_key_or_wrong()
    {
        var guard = Guard(("live", "**", "s3cret"));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(guard, "live", "s3cret")));
        Assert.Equal(1, guard.HashesComputed);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(guard, "live", "wrong")));
        Assert.Equal(2, guard.HashesComputed);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.True((await AskAsync(guard, "live", "s3cret")).IsAllowed);
        Assert.Equal(3, guard.HashesComputed);
    }

    [Fact]
    public async Task A_cached_key_does_not_open_another_stream()
    {
        var guard = Guard(("live", "room-1", "one"), ("live", "room-2", "two"));
        Assert.True((await AskAsync(guard, "live", "room-1?key=one")).IsAllowed);
        Assert.False((await AskAsync(guard, "live", "room-2?key=one")).IsAllowed);
    }

    [Fact]
    public async Task A_refusal_does_not_show_the_key()
    {
        var answer = await AskAsync(Guard(("live", "**", "s3cret")), "live", "gue55");
        Assert.DoesNotContain("gue55", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_forgets_the_oldest_and_keeps_within_its_capacity()
    {
        var cache = new AnswerCache(2, TimeSpan.FromMinutes(1), _time);
        cache.Add("a");
        cache.Add("b");
        cache.Add("c");
        Assert.Equal(2, cache.Count);
        Assert.False(cache.Contains("a"));
        Assert.True(cache.Contains("b") && cache.Contains("c"));
        Assert.NotEqual(cache.KeyOf("ab", "c"), cache.KeyOf("a", "bc"));
    }

    [Fact]
    public void A_hash_is_kept_as_text_and_salted()
    {
        var hash = KeyHash.Create("s3cret", KeyHash.MinIterations);
        Assert.True(KeyHash.TryParse(hash.Text, out var read, out _));
        Assert.Equal(hash, read);
        Assert.True(read.Verify("s3cret"));
        Assert.False(read.Verify("s3cres"));
        Assert.NotEqual(hash.Text, KeyHash.Create("s3cret", KeyHash.MinIterations).Text);
        Assert.DoesNotContain(hash.Text, hash.ToString(), StringComparison.Ordinal);
    }

    // Computed apart, by Python's hashlib.pbkdf2_hmac('sha256', b's3cret', b'saltsaltsaltsalt', 10000).
    [Fact]
    public void A_hash_is_what_another_PBKDF2_computes()
    {
        var digest = Convert.ToBase64String(Convert.FromHexString("FC6B0CDF01307A0AAE1A0E59838875A98893460045232C5BA7C8370F8807B130"));
        Assert.True(KeyHash.TryParse($"pbkdf2-sha256$10000${Convert.ToBase64String("saltsaltsaltsalt"u8)}${digest}", out var hash, out _));
        Assert.True(hash.Verify("s3cret"));
        Assert.False(hash.Verify("s3cret "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s3cret")]
    [InlineData("pbkdf2-sha256$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$99999999$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$?$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$10000$AAAAAAAAAAA=$AAAA")]
    [InlineData("sha1$10000$AAAAAAAAAAA=$AAAA")]
    public void What_is_no_hash_is_said_to_be_none(string text) => Assert.False(KeyHash.TryParse(text, out _, out _));

    [Fact]
    public void The_command_prints_a_hash_of_the_line_it_reads()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, HashKeyCommand.Run(new StringReader("s3cret\nmore\n"), output, error));
        Assert.True(KeyHash.TryParse(output.ToString().TrimEnd(), out var hash, out _));
        Assert.True(hash.Verify("s3cret"));
        Assert.Equal(2, HashKeyCommand.Run(new StringReader("\n"), output, error));
        Assert.NotEmpty(error.ToString());
    }

    private KeyGuard Guard(params (string App, string Stream, string Key)[] keys) =>
        new([.. keys.Select(k => new AccessKeyOptions(k.App, k.Stream, KeyHash.Create(k.Key, KeyHash.MinIterations)))], _time);

    private static Task<GuardAnswer> AskAsync(KeyGuard guard, string app, string key) =>
        guard.CheckAsync(Publishers.Of(app, key), TestContext.Current.CancellationToken).AsTask();
}
