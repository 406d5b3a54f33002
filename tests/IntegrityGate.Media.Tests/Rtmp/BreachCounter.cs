namespace IntegrityGate.Media.Tests.Rtmp;

/// <summary>Counts breached limits, by limit.</summary>
internal sealed class BreachCounter() : TagCounter("integritygate.rtmp.limit_breaches");
