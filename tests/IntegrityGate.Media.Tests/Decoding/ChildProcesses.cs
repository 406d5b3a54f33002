using System.Diagnostics;
using System.Globalization;

namespace IntegrityGate.Media.Tests.Decoding;

/// <summary>The ffmpeg processes that this test program is the parent of, read from /proc.</summary>
internal static class ChildProcesses
{
    public static IReadOnlyList<int> Ffmpeg(string commandContains = "") =>
        [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsChild(id, commandContains))];

    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>True for a socket file that this process listens on.</summary>
    public static bool IsOurs(string socket)
    {
        var inodes = File.ReadLines("/proc/net/unix").Where(line => line.EndsWith(socket, StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[6]).ToHashSet();
        return Directory.GetFiles("/proc/self/fd").Any(fd => new FileInfo(fd).LinkTarget is { } target && inodes.Any(inode => target == $"socket:[{inode}]"));
    }

    private static bool IsChild(int id, string commandContains)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture) == Environment.ProcessId
                && stat.Contains("(ffmpeg)", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/cmdline").Contains(commandContains, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // gone between the listing and the reading
        }
    }
}
