using System.Diagnostics.CodeAnalysis;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// The folder of everything temporary that this process makes: sockets, scripts, label pictures. It goes with the process; what a killed one
/// left is swept by the next. A folder belongs to a living process as long as its lock is held, which ends with the process however it ends
/// (<c>flock(2)</c>), and unlike a process id in a name also holds between containers that share a folder.
/// </summary>
public static class ProcessFolder
{
    // Short: a Unix socket's path has 104 to 108 bytes (unix(7)), and those of FFMpegCore's pipes stand in here, too.
    private const string Prefix = "igate-";
    private const string LockName = "lock";
    private const int MaxSocketPath = 104;
    private const int PipeNameLength = 40; // "/CoreFxPipe_FFMpegCore_" and 16 digits, and one to spare

    private static readonly Lazy<string> s_path = new(Create);
    private static FileStream? s_lock;

    /// <summary>The folder, readable by this user only; made when first asked for.</summary>
    public static string Path => s_path.Value;

    /// <summary>Makes a folder in it.</summary>
    internal static DirectoryInfo CreateSubfolder(string prefix) => Directory.CreateDirectory(System.IO.Path.Combine(Path, prefix + Guid.NewGuid().ToString("N")[..8]));

    /// <summary>
    /// Puts everything temporary of this process and of the programs it starts in there, whoever makes it: library code names the temporary folder by
    /// itself. Call it before anything else. Where the path is too long for a socket in it, only our own things go there.
    /// </summary>
    public static void Claim()
    {
        if (!OperatingSystem.IsWindows() && System.Text.Encoding.UTF8.GetByteCount(Path) + PipeNameLength <= MaxSocketPath)
            Environment.SetEnvironmentVariable("TMPDIR", Path);
    }

    /// <summary>Removes the folders of processes that are dead for sure.</summary>
    /// <returns>How many.</returns>
    public static int Sweep() => Sweep(System.IO.Path.GetDirectoryName(Path)!, Path);

    internal static int Sweep(string root, string own)
    {
        // Where locks are not in force (a switch of the runtime, some network file systems), nobody is dead for sure.
        if (TryLock(System.IO.Path.Combine(own, LockName)) is { } mine)
        {
            mine.Dispose();
            return 0;
        }

        var swept = 0;
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories(Prefix + "*"))
        {
            // Without a lock file it is being made at this moment, or is none of ours.
            var path = System.IO.Path.Combine(folder.FullName, LockName);
            if (folder.FullName == own || folder.LinkTarget is not null || !File.Exists(path) || TryLock(path) is not { } held)
                continue;
            using (held)
                swept += TryDelete(folder.FullName) ? 1 : 0;
        }

        return swept;
    }

    internal static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Create()
    {
        while (true)
        {
            var folder = Directory.CreateTempSubdirectory(Prefix).FullName; // 0700 by the runtime's contract
            try
            {
                s_lock = new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // somebody sweeps the whole temporary folder
            }

            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                s_lock?.Dispose();
                TryDelete(folder);
            };
            return folder;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What cannot be swept now is swept by the next process.")]
    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
