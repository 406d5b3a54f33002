namespace IntegrityGate.Media.Amf;

/// <summary>The shape of an AMF3 object (3.12): class, sealed member names, and whether named members follow.</summary>
internal sealed record Amf3Traits(string ClassName, string[] Members, bool IsDynamic, bool IsExternalizable);
