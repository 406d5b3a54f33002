using System.Globalization;

namespace IntegrityGate.Media.Ffmpeg;

/// <summary>
/// A private folder with an <c>ffmpeg</c> that gives way to everything else on the machine: looking must never slow forwarding.
/// FFMpegCore starts what stands in its folder, so the priority is set before the program's first thread exists.
/// </summary>
internal sealed class NicedFfmpeg : IDisposable
{
    private readonly DirectoryInfo? _directory;

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Folder of the real ffmpeg; empty for the search path.</param>
    /// <param name="niceness">0 (as the gate itself) to 19 (last of all).</param>
    public NicedFfmpeg(string folder, int niceness)
    {
        Folder = folder;
        if (niceness == 0 || OperatingSystem.IsWindows())
            return;
        _directory = Directory.CreateTempSubdirectory("integritygate-"); // 0700 by the runtime's contract
        var program = folder.Length == 0 ? "ffmpeg" : Path.Combine(folder, "ffmpeg");
        var script = Path.Combine(_directory.FullName, "ffmpeg");
        var quoted = program.Replace("'", "'\\''", StringComparison.Ordinal);
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nexec nice -n {niceness} '{quoted}' \"$@\"\n"));
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
