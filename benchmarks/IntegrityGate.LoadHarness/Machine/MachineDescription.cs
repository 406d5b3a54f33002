using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IntegrityGate.LoadHarness.Machine;

/// <summary>What the figures were measured on.</summary>
/// <param name="Processor">Model name from <c>/proc/cpuinfo</c>.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="MemoryGiB">Memory.</param>
/// <param name="Kernel">Kernel release.</param>
/// <param name="System">The distribution's name for itself.</param>
/// <param name="Runtime">.NET runtime.</param>
/// <param name="Ffmpeg">ffmpeg's version.</param>
/// <param name="Nginx">nginx's version and its RTMP module's.</param>
internal sealed record MachineDescription(
    string Processor, int Cores, double MemoryGiB, string Kernel, string System, string Runtime, string Ffmpeg, string Nginx)
{
    /// <summary>Looks around.</summary>
    public static MachineDescription Read() => new(
        Value("/proc/cpuinfo", "model name", ':'),
        File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)),
        Math.Round(long.Parse(Value("/proc/meminfo", "MemTotal", ':').Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0 / 1024, 1),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Value("/etc/os-release", "PRETTY_NAME", '=').Trim('"'),
        RuntimeInformation.FrameworkDescription,
        Run("ffmpeg", "-version").Split('\n')[0].Split(" Copyright")[0],
        $"{Run("nginx", "-v").Trim()}, libnginx-mod-rtmp {Run("dpkg-query", "-W", "-f=${Version}", "libnginx-mod-rtmp")}");

    /// <summary>One line a fact.</summary>
    public IEnumerable<(string Name, string Value)> Facts =>
    [
        ("processor", $"{Processor}, {Cores} cores"),
        ("memory", string.Create(CultureInfo.InvariantCulture, $"{MemoryGiB} GiB")),
        ("system", $"{System}, kernel {Kernel}"),
        ("runtime", Runtime),
        ("ffmpeg", Ffmpeg),
        ("nginx", Nginx),
    ];

    private static string Value(string file, string name, char separator) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim()
            : "unknown";

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
