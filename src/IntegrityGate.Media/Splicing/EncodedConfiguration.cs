using IntegrityGate.Media.H264;

namespace IntegrityGate.Media.Splicing;

/// <summary>An encoder's sequence header.</summary>
/// <param name="Bytes">The avcC.</param>
/// <param name="Record">What it says: one sequence and one picture parameter set.</param>
internal sealed record EncodedConfiguration(byte[] Bytes, AvcDecoderConfigurationRecord Record);
