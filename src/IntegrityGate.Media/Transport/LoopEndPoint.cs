using System.Net;

namespace IntegrityGate.Media.Transport;

/// <summary>An address to listen on with event loops instead of Kestrel's own sockets.</summary>
public sealed class LoopEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
