using System.Security.Cryptography;
using System.Text;

namespace IntegrityGate.Access;

/// <summary>
/// Remembers for a while which credentials had an answer, so that a reconnect storm does not pay for slow hashes again. Holds
/// no credential but its HMAC under a secret of this process; when full, the oldest entry goes.
/// </summary>
internal sealed class AnswerCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, long Since)> _order = new();

    /// <summary>Entries held.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _since.Count;
        }
    }

    /// <summary>The name under which an answer is remembered.</summary>
    public string KeyOf(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length)); // so that no two lists of parts read alike
            hash.AppendData(bytes);
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>True when the entry is there and young enough.</summary>
    public bool Contains(string key)
    {
        lock (_lock)
            return _since.TryGetValue(key, out var since) && time.GetElapsedTime(since) < lifetime;
    }

    /// <summary>Remembers an entry from now on.</summary>
    public void Add(string key)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _since[key] = now;
            _order.Enqueue((key, now));
            while (_order.Count > capacity)
            {
                var (oldest, since) = _order.Dequeue();
                if (_since.TryGetValue(oldest, out var current) && current == since)
                    _since.Remove(oldest);
            }
        }
    }
}
