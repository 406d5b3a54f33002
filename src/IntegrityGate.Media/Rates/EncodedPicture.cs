using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Rates;

/// <summary>A picture as the IDR of a stream.</summary>
/// <param name="header">The sequence header; this holds it from here.</param>
/// <param name="picture">The IDR; this holds it from here.</param>
public sealed class EncodedPicture(MediaPacket header, MediaPacket picture) : IDisposable
{
    private bool _released;

    /// <summary>The decoder configuration.</summary>
    public MediaPacket Header { get; } = header;

    /// <summary>The IDR.</summary>
    public MediaPacket Picture { get; } = picture;

    /// <summary>Releases the packets.</summary>
    public void Dispose()
    {
        if (_released)
            return;
        _released = true;
        Header.Release();
        Picture.Release();
    }
}
