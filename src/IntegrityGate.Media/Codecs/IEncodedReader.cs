using System.Buffers;
using IntegrityGate.Core.Packets;

namespace IntegrityGate.Media.Codecs;

/// <summary>Reads an encoder's configuration and pictures out of the container that it writes.</summary>
internal interface IEncodedReader
{
    /// <summary>Why the bytes cannot be read; null while they can.</summary>
    string? Error { get; }

    /// <summary>Reads the next configuration or picture.</summary>
    /// <param name="buffer">The bytes; what was used up is cut from its front.</param>
    /// <param name="packet">The packet, held for the caller; its time is the presentation time, ms.</param>
    /// <returns>False when more bytes are needed, or at damage.</returns>
    bool TryRead(ref ReadOnlySequence<byte> buffer, out MediaPacket? packet);
}
