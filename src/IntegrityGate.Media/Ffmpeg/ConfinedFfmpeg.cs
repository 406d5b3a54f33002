using System.Globalization;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// A private folder with an <c>ffmpeg</c> of low rights: untrusted bits are parsed in there, by a million lines of C. It has no
/// network (a network namespace of its own; the sockets to the gate are files and stay), can write no file, leaves no core dump,
/// holds few descriptors and a bounded address space, and gives way to everything else on the machine, since looking must never
/// slow forwarding. FFMpegCore starts what stands in its folder, so all of it is in force before the program's first thread exists.
/// </summary>
/// <remarks>
/// Limits are <c>setrlimit(2)</c> through the shell's <c>ulimit</c> (it fails only where a lower one is in force already), the namespace is <c>unshare(1)</c> of util-linux. Where a
/// container or the kernel's settings forbid user namespaces, ffmpeg runs with the rest: its protocols are restricted to
/// <c>unix,pipe</c> by its own options in any case.
/// </remarks>
internal sealed class ConfinedFfmpeg : IDisposable
{
    /// <summary>Open files. 64: a worker has some ten, and each thread of an encoder none.</summary>
    private const int MaxDescriptors = 64;

    private readonly DirectoryInfo? _directory;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Folder of the real ffmpeg; empty for the search path.</param>
    /// <param name="niceness">0 (as the gate itself) to 19 (last of all).</param>
    /// <param name="maxAddressSpace">Bytes of address space; beyond it the program's allocation fails.</param>
    public ConfinedFfmpeg(string folder, int niceness, long maxAddressSpace)
    {
        Folder = folder;
        if (OperatingSystem.IsWindows())
            return;
        _directory = ProcessFolder.CreateSubfolder("ffmpeg-");
        var program = folder.Length == 0 ? "ffmpeg" : Path.Combine(folder, "ffmpeg");
        var script = Path.Combine(_directory.FullName, "ffmpeg");
        var quoted = program.Replace("'", "'\\''", StringComparison.Ordinal);
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            ulimit -c 0 2>/dev/null
            ulimit -f 0 2>/dev/null
            ulimit -n {MaxDescriptors} 2>/dev/null
            ulimit -v {maxAddressSpace / 1024} 2>/dev/null
            if unshare --user --map-current-user --net true 2>/dev/null; then
                exec unshare --user --map-current-user --net nice -n {niceness} '{quoted}' "$@"
            fi
            exec nice -n {niceness} '{quoted}' "$@"

            """));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Folder = _directory.FullName;
    }

    /// <summary>The folder to start ffmpeg from.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_directory is { Exists: true })
            _directory.Delete(recursive: true);
    }
}
