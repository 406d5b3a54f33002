using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace IntegrityGate.Detection.Voice;

/// <summary>Opens the session of a <c>synthetic-voice</c> pack and checks that the graph has the tensors that model.json names.</summary>
internal static class VoiceSession
{
    /// <summary>Opens it on the CPU.</summary>
    /// <exception cref="ModelPackException">The file is wrong, no ONNX model, or has other tensors.</exception>
    public static InferenceSession Open(SyntheticVoiceModel model, ModelFile file, OnnxOptions options)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Spinning threads burn the cores that forwarding needs, between windows too.
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        settings.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(file.ReadVerified(), settings);
            if (Faults(model, file, session) is { Count: > 0 } errors)
                throw new ModelPackException(errors);
            return session;
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new ModelPackException([$"{model.DocumentPath}: files.{file.Key}: {file.Path} is no model this runtime can run: {e.Message}"]);
        }
        catch (ModelPackException)
        {
            session?.Dispose();
            throw;
        }
    }

    private static List<string> Faults(SyntheticVoiceModel model, ModelFile file, InferenceSession session)
    {
        var errors = new List<string>();
        var where = $"{model.DocumentPath}: files.{file.Key}: {file.Path}";
        if (!session.InputMetadata.TryGetValue(model.Input.Name, out var input) || session.InputMetadata.Count != 1)
            errors.Add($"{where} has the inputs {string.Join(", ", session.InputMetadata.Keys)}; model.json names {model.Input.Name}");
        // A dimension of -1 is free.
        else if (input.ElementDataType != TensorElementType.Float || input.Dimensions is not [-1, var samples] || (samples != -1 && samples != model.Input.Samples))
            errors.Add($"{where} takes {input.ElementDataType} [{string.Join(", ", input.Dimensions)}]; model.json says float32 [n, {model.Input.Samples}]");
        if (!session.OutputMetadata.TryGetValue(model.OutputName, out var output))
            errors.Add($"{where} has the outputs {string.Join(", ", session.OutputMetadata.Keys)}; model.json names {model.OutputName}");
        else if (output.ElementDataType != TensorElementType.Float)
            errors.Add($"{where} answers {output.ElementDataType}, must be float32");
        return errors;
    }
}
