using IntegrityGate.Media.Codecs;

namespace IntegrityGate.Media.Splicing;

/// <summary>An encoder's sequence header.</summary>
/// <param name="Bytes">The avcC, hvcC or av1C.</param>
/// <param name="Video">What it says: one set of each kind.</param>
internal sealed record EncodedConfiguration(byte[] Bytes, ActiveVideo Video);
