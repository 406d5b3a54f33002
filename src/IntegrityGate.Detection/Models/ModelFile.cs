using System.Security.Cryptography;

namespace IntegrityGate.Detection.Models;

/// <summary>One file of a model pack: an entry of <c>files</c> in its model.json.</summary>
/// <param name="Key">Name of the entry, such as <c>fp32</c> or <c>dictionary</c>.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="Sha256">The SHA-256 it must have, lower-case hex.</param>
public sealed record ModelFile(string Key, string Path, string Sha256)
{
    /// <summary>Largest file read: 1 GiB. A frame detector is 4 to 400 MB; a wrong path must not fill the memory.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Checks the file against its hash.</summary>
    /// <returns>Null when the file is the one named, else what is wrong with it, with its JSON path.</returns>
    public string? Check()
    {
        try
        {
            using var stream = File.OpenRead(Path);
            if (stream.Length > MaxBytes)
                return $"files.{Key}.file: {Path} has {stream.Length} bytes, more than the {MaxBytes} that are read";
            return Compare(Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"files.{Key}.file: {Path} is missing (packs that are downloaded are put in place by models/restore.sh)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"files.{Key}.file: {Path} cannot be read: {e.Message}";
        }
    }

    /// <summary>Reads the file and checks the very bytes that were read, so that no other file can slip in between.</summary>
    /// <exception cref="ModelPackException">The file is missing, unreadable or not the one named.</exception>
    public byte[] ReadVerified()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException([Check() ?? $"files.{Key}.file: {Path} cannot be read: {e.Message}"]);
        }

        return Compare(Convert.ToHexStringLower(SHA256.HashData(bytes))) is { } error ? throw new ModelPackException([error]) : bytes;
    }

    private string? Compare(string actual) =>
        actual == Sha256 ? null : $"files.{Key}.sha256: {Path} has {actual}, model.json names {Sha256}";
}
