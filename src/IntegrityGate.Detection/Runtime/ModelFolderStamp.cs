using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrityGate.Detection.Runtime;

/// <summary>Tells whether a models folder may have changed, without reading its weights.</summary>
internal static class ModelFolderStamp
{
    /// <summary>A digest of the names, sizes and change times of all files that lie in the packs; the folder's contents are read only when it differs.</summary>
    /// <param name="folder">The models folder.</param>
    /// <returns>The stamp; of a folder that cannot be listed, why.</returns>
    public static string Of(string folder)
    {
        try
        {
            var text = new StringBuilder();
            foreach (var pack in new DirectoryInfo(folder).GetDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
            {
                if (pack.Name.StartsWith('.'))
                    continue;
                text.Append(pack.Name).Append('\n');
                foreach (var entry in pack.GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
                {
                    // A link is as old as what it points to, or a pack of links would never change.
                    var file = entry.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? entry;
                    text.Append(CultureInfo.InvariantCulture, $"{entry.Name}\n{(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}\n");
                }
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
