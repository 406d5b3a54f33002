namespace IntegrityGate.Media.Amf;

/// <summary>A date (AMF0 2.13, AMF3 3.10).</summary>
/// <param name="UnixMilliseconds">Milliseconds since 1970-01-01 UTC.</param>
public sealed record AmfDate(double UnixMilliseconds) : AmfValue;
