using System.Globalization;
using BenchmarkDotNet.Running;
using IntegrityGate.Benchmarks;

// network [MODELS [ROUNDS]]: what the detector's runs cost beside each other; anything else is BenchmarkDotNet's.
if (args is ["network", ..])
    NetworkRuns.Run(args.ElementAtOrDefault(1) ?? "models", int.Parse(args.ElementAtOrDefault(2) ?? "200", CultureInfo.InvariantCulture));
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
