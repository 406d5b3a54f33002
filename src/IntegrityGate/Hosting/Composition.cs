using IntegrityGate.Configuration;
using IntegrityGate.Detection;
using IntegrityGate.Detection.Runtime;

namespace IntegrityGate.Hosting;

/// <summary>What a server and a scan both put together from the settings.</summary>
internal static class Composition
{
    /// <summary>Loads the detectors.</summary>
    /// <exception cref="Detection.Models.ModelPackException">A model cannot be used.</exception>
    public static DetectorSet LoadDetectors(GateOptions options, ILoggerFactory loggers) => DetectorSet.Load(DetectionOf(options), loggers);

    /// <summary>Which detectors the settings ask for.</summary>
    public static DetectionOptions DetectionOf(GateOptions options) => new()
    {
        ModelsFolder = FindFolder(options.Inspection.ModelsFolder),
        Detector = options.Inspection.Detector.Length == 0 ? null : options.Inspection.Detector,
        Variant = options.Inspection.Variant,
        LogosFolder = options.Marks.Logos,
        Cascade = options.Inspection.Cascade,
        Onnx = new OnnxOptions { Provider = options.Inspection.Provider },
    };

    /// <summary>A relative folder is looked for from where the program was started, then beside the program.</summary>
    public static string FindFolder(string folder)
    {
        var besideProgram = Path.Combine(AppContext.BaseDirectory, folder);
        return !Path.IsPathRooted(folder) && !Directory.Exists(folder) && Directory.Exists(besideProgram) ? besideProgram : folder;
    }
}
