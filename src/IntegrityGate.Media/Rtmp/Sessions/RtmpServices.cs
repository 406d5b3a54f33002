using IntegrityGate.Core.Packets;
using Microsoft.Extensions.Logging;

namespace IntegrityGate.Media.Rtmp.Sessions;

/// <summary>What all sessions of one server share.</summary>
internal sealed record RtmpServices(
    IRtmpApplication Application, IngestLimits Limits, PacketPool Pool, TimeProvider Time, ILogger Logger, PublishRate PublishRate, string ReconnectUrl);
