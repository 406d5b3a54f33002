namespace IntegrityGate.Media.Amf;

/// <summary>A string, short or long. Bytes that are not UTF-8 survive in the form that <see cref="AmfText"/> describes.</summary>
/// <param name="Value">The text.</param>
public sealed record AmfString(string Value) : AmfValue;
