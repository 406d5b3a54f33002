using System.Security.Cryptography;
using System.Text;
using IntegrityGate.Core.Streams;

namespace IntegrityGate.Streams;

/// <summary>
/// Derives public stream ids from publish keys: HMAC-SHA-256 of <c>app/name</c> under this instance's secret, 80 bits in
/// base 32. Stable over restarts (the secret is kept in the data folder), and useless to whoever wants the key.
/// </summary>
public sealed class StreamIdentities
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // without l, o, 0, 1: people read ids aloud
    private const int IdCharacters = 16;
    private readonly byte[] _secret;

    /// <summary>Uses a given secret.</summary>
    public StreamIdentities(byte[] secret) => _secret = secret;

    /// <summary>Reads the secret of a data folder, or makes one, readable by its owner only.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static StreamIdentities Open(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "instance.key");
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var fresh = path + ".new";
            using (var file = new FileStream(fresh, options))
                file.Write(RandomNumberGenerator.GetBytes(32));
            File.Move(fresh, path, overwrite: false);
        }

        var secret = File.ReadAllBytes(path);
        return secret.Length >= 16 ? new StreamIdentities(secret) : throw new IOException($"{path} is damaged: it holds {secret.Length} bytes instead of 32.");
    }

    /// <summary>The identity of a published stream.</summary>
    public StreamIdentity Identify(string app, StreamKey key)
    {
        var application = app.Split('?')[0].Trim('/');
        var digest = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(application + "/" + key.Name));
        var id = new StringBuilder(IdCharacters);
        var bits = 0;
        var held = 0;
        foreach (var one in digest)
        {
            held = (held << 8) | one;
            for (bits += 8; bits >= 5 && id.Length < IdCharacters; bits -= 5)
                id.Append(Alphabet[(held >> (bits - 5)) & 31]);
        }

        return new StreamIdentity(new StreamId(id.ToString()), application, key);
    }
}
