namespace IntegrityGate.Media.Amf;

/// <summary>A number: a double in AMF0, a double or a 29-bit integer in AMF3.</summary>
/// <param name="Value">The number.</param>
public sealed record AmfNumber(double Value) : AmfValue;
