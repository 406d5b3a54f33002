using System.Globalization;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Detection.Imaging;
using IntegrityGate.Detection.Models;
using IntegrityGate.Detection.Runtime;
using IntegrityGate.Detection.Synthetic;
using Microsoft.ML.OnnxRuntime;

namespace IntegrityGate.Benchmarks;

/// <summary>
/// What a view costs by the number of views run together, for both kinds of weights, and what preparing a frame costs beside it. A loop
/// of its own and not BenchmarkDotNet: only ratios count, so every case is run in every round and measured by its thread's CPU clock,
/// which neighbours on the machine do not inflate.
/// </summary>
internal static class NetworkRuns
{
    private static readonly int[] s_batches = [1, 2, 3, 4, 8, 16];

    /// <summary>Measures and prints a table.</summary>
    /// <param name="models">Folder of the model packs.</param>
    /// <param name="rounds">Rounds; the lower quartile of them is told.</param>
    public static void Run(string models, int rounds)
    {
        var model = ModelCatalog.Load(models).Select<SyntheticFrameModel>(null, "frame-v1");
        var cases = new List<(string Name, int Views, Action Run)>();
        var owned = new List<IDisposable>();
        foreach (var file in model.Files.Values.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var session = OnnxSessions.Open(model, file, model.Input, model.OutputName, new OnnxOptions());
            owned.Add(session);
            foreach (var batch in s_batches)
                cases.Add(($"{file.Key}, {batch} views", batch, Batch(model, session, batch, owned)));
        }

        foreach (var (width, height) in ((int, int)[])[(1280, 720), (1920, 1080)])
            cases.Add(($"prepare {width}x{height}", model.Views.Count, Preparation(model, width, height, owned)));

        var times = cases.ConvertAll(_ => new List<double>());
        for (var round = -3; round < rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                var lap = CpuLap.Start();
                cases[i].Run();
                if (round >= 0)
                    times[i].Add(lap.Elapsed.TotalMilliseconds);
            }
        }

        var quartiles = times.ConvertAll(t => t.Order().ElementAt(t.Count / 4));
        var unit = quartiles[cases.FindIndex(c => c.Name == "int8, 4 views")];
        Console.WriteLine("| case | CPU of a run | CPU a view, beside a view of int8 in a batch of 4 |");
        Console.WriteLine("|---|---:|---:|");
        for (var i = 0; i < cases.Count; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {cases[i].Name} | {quartiles[i] / unit:0.00} | {quartiles[i] / unit * 4 / cases[i].Views:0.00} |"));
        foreach (var resource in owned)
            resource.Dispose();
    }

    private static Action Batch(SyntheticFrameModel model, InferenceSession session, int views, List<IDisposable> owned)
    {
        var slot = new ViewSlot(model, views, new ResizeAxisCache());
        owned.Add(slot);
        var random = new Random(views);
        for (var i = 0; i < slot.Tensor.Length; i++)
            slot.Tensor[i] = (float)((random.NextDouble() * 2) - 1);
        return () => slot.All.Run(session);
    }

    private static Action Preparation(SyntheticFrameModel model, int width, int height, List<IDisposable> owned)
    {
        var slot = new ViewSlot(model, model.Views.Count, new ResizeAxisCache());
        owned.Add(slot);
        var cutter = new ViewCutter(model);
        var pixels = new byte[width * height * 3];
        new Random(width).NextBytes(pixels);
        return () => cutter.Cut(pixels, width, height, slot);
    }
}
