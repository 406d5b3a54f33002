using System.Net;
using IntegrityGate.Core;

namespace IntegrityGate.Configuration;

/// <summary>Where encoders publish over TLS; there is such a port when <c>tls</c> lists a certificate.</summary>
/// <param name="Enabled">False: the certificates are for other ports only.</param>
/// <param name="Address">Local address.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
/// <param name="Proxies">Load balancers that put a PROXY header before TLS; empty: none does.</param>
public sealed record RtmpsListenOptions(bool Enabled, IPAddress Address, int Port, ValueList<IPNetwork> Proxies);
