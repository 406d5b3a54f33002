namespace IntegrityGate.Configuration;

/// <summary>One certificate.</summary>
/// <param name="File">PEM with the certificate and those that it is signed by, or PFX.</param>
/// <param name="Key">PEM with the private key; empty when it stands in <paramref name="File"/>.</param>
/// <param name="Password">Password of the key or the PFX; empty for none. Never shown.</param>
/// <param name="Names">Names it is for, <c>*.example.org</c> for any one label; empty: those in the certificate.</param>
public sealed record CertificateOptions(string File, string Key, string Password, IReadOnlyList<string> Names)
{
    /// <inheritdoc/>
    public bool Equals(CertificateOptions? other) =>
        other is not null && File == other.File && Key == other.Key && Password == other.Password && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(File, Key, Names.Count);

    /// <summary>The files; never the password.</summary>
    public override string ToString() => Key.Length == 0 ? File : $"{File}, {Key}";
}
