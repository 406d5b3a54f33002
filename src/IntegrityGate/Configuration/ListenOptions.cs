using System.Net;

namespace IntegrityGate.Configuration;

/// <summary>Where a server listens.</summary>
/// <param name="Address">Local address.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
/// <param name="Tls">True: with the certificates of the section <c>tls</c>.</param>
public sealed record ListenOptions(IPAddress Address, int Port, bool Tls);
