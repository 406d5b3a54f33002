namespace IntegrityGate.Egress;

/// <summary>How a stream reaches a server.</summary>
/// <param name="Name">The server, without anything that a publisher sent.</param>
/// <param name="ConnectAsync">Connects and publishes.</param>
public sealed record UpstreamCall(string Name, UpstreamConnect ConnectAsync);
