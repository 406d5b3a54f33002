using System.Security.Cryptography;
using System.Text.Json;
using static IntegrityGate.Detection.Tests.OnnxBytes;

namespace IntegrityGate.Detection.Tests;

/// <summary>
/// Writes a <c>synthetic-voice</c> pack whose network answers each cut with the mean of its samples times a slope, and a score: a whole pack
/// with a real ONNX graph. Depends on the base class library only; other test projects link it.
/// </summary>
public static class ConstantVoicePack
{
    /// <summary>Samples of a cut: two seconds.</summary>
    public const int Samples = 32_000;

    /// <summary>Writes <c>model.json</c> and <c>model.onnx</c>.</summary>
    /// <param name="folder">Folder of the pack; made when absent. Its name is the pack's.</param>
    /// <param name="score">Logit of a cut whose samples have the mean 0.</param>
    /// <param name="slope">Logit a unit of the mean.</param>
    public static void Write(string folder, float score, float slope = 0)
    {
        Directory.CreateDirectory(folder);
        var graph = CreateModel(score, slope);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph);
        var document = new
        {
            name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            version = "1.0.0",
            task = "synthetic-voice",
            licence = "Apache-2.0",
            files = new { fp32 = new { file = "model.onnx", sha256 = Convert.ToHexStringLower(SHA256.HashData(graph)) } },
            input = new
            {
                name = "audio",
                elementType = "float32",
                layout = "NT",
                dynamicBatch = true,
                sampleRate = 16_000,
                samples = Samples,
                range = (int[])[-1, 1],
            },
            cuts = new { max = 4 },
            output = new { name = "logit", perCut = true, windowScore = "mean of the cuts" },
            calibration = new { a = 1.0, b = 0.0 },
            levels = new { review = 1.0, stamp = 3.0 },
            selftest = new
            {
                tolerance = new { fp32 = 0.001 },
                expected = new { fp32 = new { inputs = Enumerable.Range(0, 3).Select(k => score + (slope * Mean(k))).ToArray() } },
            },
        };
        File.WriteAllBytes(Path.Combine(folder, "model.json"), JsonSerializer.SerializeToUtf8Bytes(document));
    }

    // The selftest's formula, as models/README.md has it.
    private static double Mean(int k) => Enumerable.Range(0, Samples).Average(i => ((((i * (k + 1)) + (37 * k)) % 256) / 128.0) - 1);

    // Field numbers as in onnx.proto.
    private static byte[] CreateModel(float score, float slope)
    {
        byte[] graph =
        [
            .. Message(1, [.. Node("ReduceMean", "mean", "audio"), .. Message(5, [.. Utf8(1, "axes"), .. Number(8, 1), .. Number(20, 7)]), .. Message(5, [.. Utf8(1, "keepdims"), .. Number(3, 1), .. Number(20, 2)])]),
            .. Message(1, Node("Mul", "scaled", "mean", "slope")),
            .. Message(1, Node("Add", "logit", "scaled", "score")),
            .. Utf8(2, "mean"),
            .. Message(5, Scalar("slope", slope)),
            .. Message(5, Scalar("score", score)),
            .. Message(11, Value("audio", null, Samples)),
            .. Message(12, Value("logit", null, 1)),
        ];
        // IR version 7 and operator set 12: ReduceMean takes its axes as an attribute up to set 17.
        return [.. Number(1, 7), .. Message(7, graph), .. Message(8, [.. Utf8(1, ""), .. Number(2, 12)])];
    }

    private static byte[] Node(string operation, string output, params string[] inputs) =>
        [.. inputs.SelectMany(input => Utf8(1, input)), .. Utf8(2, output), .. Utf8(3, output), .. Utf8(4, operation)];
}
