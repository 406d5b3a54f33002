using IntegrityGate.Detection.Models;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Detection.Synthetic;

/// <summary>Consecutive views of a slot as the runtime sees them: one run of the network. What a run needs is made once.</summary>
internal sealed class ViewBatch : IDisposable
{
    private readonly RunOptions _run = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <summary>Views <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 of a slot.</summary>
    public ViewBatch(SyntheticFrameModel model, float[] tensor, float[] logits, int first, int count)
    {
        var length = 3 * model.Input.Height * model.Input.Width;
        _inputNames = [model.Input.Name];
        _outputNames = [model.OutputName];
        _inputs =
        [
            OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, tensor.AsMemory(first * length, count * length), [count, 3, model.Input.Height, model.Input.Width]),
        ];
        _outputs = [OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, logits.AsMemory(first, count), [count, 1])];
    }

    /// <summary>Runs the network; the logits land in the slot.</summary>
    public void Run(InferenceSession session) => session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs[0].Dispose();
        _outputs[0].Dispose();
        _run.Dispose();
    }
}
