using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>Counts the connections of each address: an IPv4 address, or the /64 of an IPv6 one, which is what a single customer is given (RFC 6177).</summary>
internal sealed class AddressGate(int mostPerAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _counts = [];

    /// <summary>Lets a connection in, or not.</summary>
    public bool TryEnter(EndPoint? remote)
    {
        if (KeyOf(remote) is not { } key)
            return true;
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(key);
            if (count >= mostPerAddress)
                return false;
            _counts[key] = count + 1;
            return true;
        }
    }

    /// <summary>A connection that was let in has ended.</summary>
    public void Leave(EndPoint? remote)
    {
        if (KeyOf(remote) is not { } key)
            return;
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(key) - 1;
            if (count > 0)
                _counts[key] = count;
            else
                _counts.Remove(key);
        }
    }

    // Null for peers without an address (Unix sockets), which are the operator's own.
    private static UInt128? KeyOf(EndPoint? remote)
    {
        if (PeerAddress.Of(remote) is not { } address)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), ulong.MaxValue);
    }
}
