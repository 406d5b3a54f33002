using IntegrityGate.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace IntegrityGate.Access;

/// <summary>
/// The issuer's keys (RFC 7517), from a URL or a file: kept, fetched again when they are old or when a token names a key
/// that is not among them, and used on when they cannot be fetched. One fetch at a time; publishers who need it wait for it.
/// </summary>
internal sealed partial class KeySet(JwtOptions options, HttpClient client, TimeProvider time, ILogger<KeySet> logger)
{
    // 256 KiB: a key with its certificate chain is about 6 KiB, and sets have a handful.
    private const int MaxBytes = 256 << 10;

    // 3 s: as for a hook; an encoder waits about 5 s in all.
    private static readonly TimeSpan s_fetchTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Task _fetching = Task.CompletedTask;
    private Fetched? _current;

    /// <summary>Keys with the time of the attempt that was last made to fetch them.</summary>
    private sealed record Fetched(IReadOnlyList<SecurityKey> Keys, long AttemptedAt);

    /// <summary>The keys that may have signed a token; empty when none may or none are known.</summary>
    /// <param name="keyId">The token's <c>kid</c>; null or empty when it names none, and then every key may.</param>
    /// <param name="cancellationToken">Cancelled when the publisher goes away.</param>
    public async Task<IReadOnlyList<SecurityKey>> KeysForAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (!NeedsFetch(keyId))
            return Chosen(keyId);
        Task fetching;
        lock (_lock)
        {
            if (_fetching.IsCompleted && NeedsFetch(keyId))
                _fetching = RefreshAsync();
            fetching = _fetching;
        }

        // The fetch is everybody's: a publisher who leaves ends only its own waiting.
        await fetching.WaitAsync(cancellationToken);
        return Chosen(keyId);
    }

    private async Task RefreshAsync()
    {
        await Task.Yield();
        var keys = await FetchAsync();
        Volatile.Write(ref _current, new Fetched(keys ?? _current?.Keys ?? [], time.GetTimestamp()));
    }

    private bool NeedsFetch(string? keyId)
    {
        if (Volatile.Read(ref _current) is not { } current)
            return true;
        var age = time.GetElapsedTime(current.AttemptedAt);
        if (current.Keys.Count == 0)
            return age >= options.UnknownKeyRefresh;
        return age >= options.Refresh || (Chosen(keyId).Count == 0 && age >= options.UnknownKeyRefresh);
    }

    private IReadOnlyList<SecurityKey> Chosen(string? keyId)
    {
        var keys = Volatile.Read(ref _current)?.Keys ?? [];
        return string.IsNullOrEmpty(keyId) ? keys : [.. keys.Where(k => k.KeyId == keyId)];
    }

    private async Task<IReadOnlyList<SecurityKey>?> FetchAsync()
    {
        using var timeout = new CancellationTokenSource(s_fetchTimeout, time);
        try
        {
            var json = options.JwksUrl is { } url ? await DownloadAsync(url, timeout.Token) : await File.ReadAllTextAsync(options.Jwks, timeout.Token);
            var keys = new JsonWebKeySet(json) { SkipUnresolvedJsonWebKeys = true }.GetSigningKeys();
            if (keys.Count > 0)
                return [.. keys];
            Log.NotFetched(logger, "there is no signing key in it");
        }
        catch (OperationCanceledException)
        {
            Log.NotFetched(logger, "no answer in time");
        }
        catch (HttpRequestException exception)
        {
            Log.NotFetched(logger, exception.StatusCode is { } status ? $"HTTP {(int)status}" : exception.HttpRequestError.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or System.Text.Json.JsonException or InvalidDataException)
        {
            Log.NotFetched(logger, exception.GetType().Name); // the message may hold the place
        }

        return null;
    }

    private async Task<string> DownloadAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = AccessClient.Request(HttpMethod.Get, url);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if ((int)response.StatusCode is < 200 or > 299)
            throw new HttpRequestException(HttpRequestError.InvalidResponse, statusCode: response.StatusCode);
        var body = await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken) ?? throw new InvalidDataException();
        return System.Text.Encoding.UTF8.GetString(body);
    }

    private static partial class Log
    {
        [LoggerMessage(6520, LogLevel.Warning, "The keys of access.jwt.jwks cannot be read ({Reason}); the ones known before hold on.")]
        public static partial void NotFetched(ILogger logger, string reason);
    }
}
