namespace IntegrityGate.Media.Amf;

/// <summary>
/// A reference to an earlier object of the same message. It is kept as it stands and not followed: a few bytes of
/// references can name a tree of any size, and no command the gate knows uses them.
/// </summary>
/// <param name="Index">Position in the reference table.</param>
public sealed record AmfReference(int Index) : AmfValue;
