using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrityGate.Access;

/// <summary>
/// A stream key at rest: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base 64 (PBKDF2 of RFC 8018 section 5.2 with
/// HMAC-SHA-256). Slow on purpose: people choose keys that a fast hash would give away with the settings file.
/// </summary>
public sealed record KeyHash
{
    /// <summary>Iterations of new hashes. 600,000: the OWASP password storage recommendation for PBKDF2-HMAC-SHA256.</summary>
    public const int DefaultIterations = 600_000;

    /// <summary>Fewest iterations that are accepted. 10,000: some milliseconds; under that a guess costs next to nothing.</summary>
    public const int MinIterations = 10_000;

    /// <summary>Most iterations that are accepted. 5,000,000: more than a second of a core for every wrong key.</summary>
    public const int MaxIterations = 5_000_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16; // RFC 8018 section 4.1: at least 8
    private const int DigestBytes = 32; // one block of SHA-256

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _digest;

    private KeyHash(int iterations, byte[] salt, byte[] digest)
    {
        _iterations = iterations;
        _salt = salt;
        _digest = digest;
    }

    /// <summary>The form in which it is kept in a settings file.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Scheme}${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_digest)}");

    /// <summary>Hashes a key under a fresh salt.</summary>
    public static KeyHash Create(string key, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new KeyHash(iterations, salt, Derive(key, salt, iterations));
    }

    /// <summary>Reads the kept form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyHash? hash, [NotNullWhen(false)] out string? error)
    {
        hash = null;
        error = null;
        var parts = text.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme)
            error = $"is not of the form {Scheme}$iterations$salt$hash that `integritygate hash-key` prints";
        else if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < MinIterations or > MaxIterations)
            error = $"has no number of iterations from {MinIterations} to {MaxIterations}";
        else if (!TryBytes(parts[2], out var salt) || salt.Length is < 8 or > 64)
            error = "has no salt of 8 to 64 bytes in base 64";
        else if (!TryBytes(parts[3], out var digest) || digest.Length != DigestBytes)
            error = $"has no hash of {DigestBytes} bytes in base 64";
        else
            hash = new KeyHash(iterations, salt, digest);
        return hash is not null;
    }

    /// <summary>True for the key that was hashed. Costs the iterations; the comparison takes the same time for every key.</summary>
    public bool Verify(string key) => CryptographicOperations.FixedTimeEquals(Derive(key, _salt, _iterations), _digest);

    /// <inheritdoc/>
    public bool Equals(KeyHash? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Never the hash: it can be guessed against.</summary>
    public override string ToString() => $"[{Scheme}]";

    private static byte[] Derive(string key, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(key), salt, iterations, HashAlgorithmName.SHA256, DigestBytes);

    private static bool TryBytes(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        bytes = bytes[..length];
        return true;
    }
}
