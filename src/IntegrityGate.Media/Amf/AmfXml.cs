namespace IntegrityGate.Media.Amf;

/// <summary>An XML document, as its text.</summary>
/// <param name="Text">The XML.</param>
public sealed record AmfXml(string Text) : AmfValue;
