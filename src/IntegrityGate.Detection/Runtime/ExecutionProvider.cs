namespace IntegrityGate.Detection.Runtime;

/// <summary>What the networks run on. The build holds one native ONNX Runtime, chosen by the property <c>OnnxProvider</c>: the packages exclude each other.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor; in every build.</summary>
    Cpu = 0,

    /// <summary>NVIDIA GPUs.</summary>
    Cuda = 1,

    /// <summary>Intel processors, GPUs and NPUs by OpenVINO.</summary>
    OpenVino = 2,

    /// <summary>DirectX 12 GPUs on Windows.</summary>
    DirectML = 3,
}
