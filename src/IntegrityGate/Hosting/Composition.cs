using IntegrityGate.Configuration;
using IntegrityGate.Detection;
using IntegrityGate.Detection.Audio;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Voice;
using IntegrityGate.Looking.Listening;
using IntegrityGate.Media.Decoding.Audio;

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
        Cascade = options.Inspection.Cascade with { Review = options.FalseAlarms.IsSet ? JudgeFactory.LevelsOf(options).Levels.Levels.Review : null },
        Onnx = new OnnxOptions { Provider = options.Inspection.Provider },
    };

    /// <summary>Loads what sound is listened to with.</summary>
    /// <exception cref="Detection.Models.ModelPackException">The voice model cannot be used.</exception>
    /// <exception cref="ConfigurationException">A spoken label cannot be used.</exception>
    public static Hearing LoadHearing(GateOptions options, ModelCatalog catalog, TimeProvider time, ILoggerFactory loggers) =>
        new(new AudioDecoder(new AudioDecoderOptions(), time, loggers.CreateLogger<AudioDecoder>()), LoadListener(options, catalog, loggers));

    /// <summary>Loads the listening without the decoding.</summary>
    /// <exception cref="Detection.Models.ModelPackException">The voice model cannot be used.</exception>
    /// <exception cref="ConfigurationException">A spoken label cannot be used.</exception>
    public static AudioListener LoadListener(GateOptions options, ModelCatalog catalog, ILoggerFactory loggers)
    {
        var audio = options.Inspection.Audio;
        // The routes' windows may differ; a clip has to fit into the shortest.
        var window = options.Routes.Routes.Select(route => route.Inspection.Audio.Window).Append(audio.Window).Min();
        var clips = Task.Run(() => ClipFolder.ReadAsync(audio.Clips.Length == 0 ? "" : FindFolder(audio.Clips), window, CancellationToken.None)).GetAwaiter().GetResult();
        var voice = audio.Detector.Length == 0 && !catalog.Packs.OfType<SyntheticVoiceModel>().Any() ? null
            : catalog.Select<SyntheticVoiceModel>(audio.Detector.Length == 0 ? null : audio.Detector, preferred: "");
        return new AudioListener(
            new AudioListenerOptions(),
            clips,
            voice is null ? null : SyntheticVoiceDetector.Load(voice, options.Inspection.Variant, new OnnxOptions(), loggers.CreateLogger<SyntheticVoiceDetector>()));
    }

    /// <summary>A relative folder is looked for from where the program was started, then beside the program.</summary>
    public static string FindFolder(string folder)
    {
        var besideProgram = Path.Combine(AppContext.BaseDirectory, folder);
        return !Path.IsPathRooted(folder) && !Directory.Exists(folder) && Directory.Exists(besideProgram) ? besideProgram : folder;
    }
}
