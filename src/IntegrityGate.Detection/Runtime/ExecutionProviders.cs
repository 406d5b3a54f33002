using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Runtime;

/// <summary>Which execution providers this build's native ONNX Runtime has.</summary>
public static class ExecutionProviders
{
    // As the settings and as ONNX Runtime call them.
    private static readonly (ExecutionProvider Provider, string Setting, string Name)[] s_names =
    [
        (ExecutionProvider.Cpu, "cpu", "CPUExecutionProvider"),
        (ExecutionProvider.Cuda, "cuda", "CUDAExecutionProvider"),
        (ExecutionProvider.OpenVino, "openvino", "OpenVINOExecutionProvider"),
        (ExecutionProvider.DirectML, "directml", "DmlExecutionProvider"),
    ];

    /// <summary>Says why a provider cannot be used.</summary>
    /// <param name="provider">The provider.</param>
    /// <returns>Null when it is there; else what is there. That its drivers and devices are, too, shows only when a model is loaded.</returns>
    public static string? Refuse(ExecutionProvider provider) =>
        // The processor always is: whoever asks for nothing else need not load the native library to read the settings.
        provider == ExecutionProvider.Cpu ? null : Refuse(provider, OrtEnv.Instance().GetAvailableProviders());

    /// <summary>The same for a runtime with the providers that are given.</summary>
    internal static string? Refuse(ExecutionProvider provider, IReadOnlyCollection<string> available)
    {
        var (_, setting, name) = s_names.First(n => n.Provider == provider);
        if (available.Contains(name))
            return null;
        var present = s_names.Where(n => available.Contains(n.Name)).Select(n => n.Setting);
        return $"{setting} is not in this build's ONNX Runtime; present: {string.Join(", ", present)} (publish with -p:OnnxProvider={provider} for it)";
    }

    /// <summary>Sets a session up for a provider.</summary>
    /// <exception cref="OnnxRuntimeException">It cannot be used: its libraries or a device are missing.</exception>
    internal static void Append(SessionOptions session, ExecutionProvider provider)
    {
        switch (provider)
        {
            case ExecutionProvider.Cuda:
                session.AppendExecutionProvider_CUDA(0);
                break;
            case ExecutionProvider.OpenVino:
                // AUTO takes the best device that there is.
                session.AppendExecutionProvider("OpenVINO", new Dictionary<string, string> { ["device_type"] = "AUTO" });
                break;
            case ExecutionProvider.DirectML:
                // It runs nothing in parallel and knows no memory patterns (ONNX Runtime, DirectML execution provider, "Configuration options").
                session.EnableMemoryPattern = false;
                session.AppendExecutionProvider_DML(0);
                break;
            default:
                break; // the processor is always the last
        }
    }
}
