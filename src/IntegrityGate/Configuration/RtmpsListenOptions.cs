using System.Net;

namespace IntegrityGate.Configuration;

/// <summary>Where encoders publish over TLS; there is such a port when <c>tls</c> lists a certificate.</summary>
/// <param name="Enabled">False: the certificates are for other ports only.</param>
/// <param name="Address">Local address.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
/// <param name="Proxies">Load balancers that put a PROXY header before TLS; empty: none does.</param>
public sealed record RtmpsListenOptions(bool Enabled, IPAddress Address, int Port, IReadOnlyList<IPNetwork> Proxies)
{
    /// <inheritdoc/>
    public bool Equals(RtmpsListenOptions? other) =>
        other is not null && Enabled == other.Enabled && Address.Equals(other.Address) && Port == other.Port && Proxies.SequenceEqual(other.Proxies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Enabled, Address, Port, Proxies.Count);
}
