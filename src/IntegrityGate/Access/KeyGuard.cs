using IntegrityGate.Configuration;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Routing;

namespace IntegrityGate.Access;

/// <summary>
/// Lets publishers in who know a key: the query parameter <c>key</c>, or without one the stream name itself, which is what
/// encoders call the stream key.
/// </summary>
internal sealed class KeyGuard : IPublishGuard
{
    // 4,096 answers of about 150 bytes: more publishers than one gate carries.
    private const int CacheCapacity = 4096;

    // 64: at 0.2 s a hash the last of them waits as long as an encoder does; more would only be refused late.
    private const int MaxWaiting = 64;

    // 5 minutes: a reconnect storm is over; what a cached answer could outlive, a change of the settings, makes a new guard.
    private static readonly TimeSpan s_cacheLifetime = TimeSpan.FromMinutes(5);

    private static readonly SemaphoreSlim s_hashing = new(1, 1); // one core at most: guesses must not take the forwarding's time

    private readonly IReadOnlyList<AccessKeyOptions> _keys;
    private readonly AnswerCache _allowed;
    private readonly AnswerCache _refused; // apart, so that a flood of wrong keys cannot push out the right ones
    private int _waiting;

    public KeyGuard(IReadOnlyList<AccessKeyOptions> keys, TimeProvider time)
    {
        _keys = keys;
        _allowed = new AnswerCache(CacheCapacity, s_cacheLifetime, time);
        _refused = new AnswerCache(CacheCapacity, s_cacheLifetime, time);
    }

    /// <inheritdoc/>
    public string Name => "keys";

    /// <summary>Slow hashes computed so far.</summary>
    public int HashesComputed { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<GuardAnswer> CheckAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        var key = address.Parameter("key") ?? request.Key.Name;
        var candidates = _keys.Where(k => PathPattern.Matches(k.App, address.App) && PathPattern.Matches(k.Stream, address.Stream)).ToList();
        if (Known(address, key) is { } known)
            return known;
        if (candidates.Count == 0)
            return Wrong();
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return GuardAnswer.Refuse("Too many keys are being checked; please come back in a second.");
        }

        try
        {
            await s_hashing.WaitAsync(cancellationToken);
            try
            {
                // Whoever waited behind the same key finds the answer.
                return Known(address, key) ?? await Task.Run(() => Verify(candidates, address, key, cancellationToken), cancellationToken);
            }
            finally
            {
                s_hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private GuardAnswer? Known(RtmpAddress address, string key)
    {
        if (_allowed.Contains(_allowed.KeyOf(address.App, address.Stream, key)))
            return GuardAnswer.Allow;
        return _refused.Contains(_refused.KeyOf(address.App, address.Stream, key)) ? Wrong() : null;
    }

    private GuardAnswer Verify(List<AccessKeyOptions> candidates, RtmpAddress address, string key, CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            HashesComputed++;
            if (!candidate.Hash.Verify(key))
                continue;
            _allowed.Add(_allowed.KeyOf(address.App, address.Stream, key));
            return GuardAnswer.Allow;
        }

        _refused.Add(_refused.KeyOf(address.App, address.Stream, key));
        return Wrong();
    }

    private static GuardAnswer Wrong() => GuardAnswer.Refuse("The stream key is not known.");
}
