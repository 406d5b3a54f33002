using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using IntegrityGate.Core.Telemetry;
using IntegrityGate.Streams;

namespace IntegrityGate.Tests.Documentation;

/// <summary>docs/metrics.md is generated from the instruments themselves, so it cannot drift. INTEGRITYGATE_WRITE_DOCS=1 writes it.</summary>
public sealed class MetricsReferenceTests
{
    [Fact]
    public void The_metrics_reference_lists_every_instrument_with_its_unit_and_meaning()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "metrics.md");
        var expected = Describe(Instruments());
        if (Environment.GetEnvironmentVariable("INTEGRITYGATE_WRITE_DOCS") == "1")
            File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_instrument_says_what_it_measures_and_is_named_in_the_house_style() => Assert.All(Instruments(), instrument =>
    {
        Assert.Matches("^integritygate(\\.[a-z_]+)+$", instrument.Name);
        Assert.False(string.IsNullOrEmpty(instrument.Unit), $"{instrument.Name} has no unit");
        Assert.False(string.IsNullOrEmpty(instrument.Description), $"{instrument.Name} has no description");
    });

    private static List<Instrument> Instruments()
    {
        var found = new Dictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == GateTelemetry.Name)
                    found[instrument.Name] = instrument;
            },
        };
        listener.Start();
        _ = new StreamMetrics(new StreamRegistry(new StreamIdentities(new byte[32])));
        foreach (var type in Directory.GetFiles(AppContext.BaseDirectory, "IntegrityGate.*.dll")
                     .Append(Path.Combine(AppContext.BaseDirectory, "integritygate.dll"))
                     .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
                     .SelectMany(file => Assembly.LoadFrom(file).GetTypes()))
        {
            // Instruments are static fields; running the class constructors publishes them.
            if (!type.ContainsGenericParameters && type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(f => typeof(Instrument).IsAssignableFrom(f.FieldType)))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        Assert.True(found.Count > 40, $"only {found.Count} instruments were found");
        return [.. found.Values.OrderBy(i => i.Name, StringComparer.Ordinal)];
    }

    private static string Describe(IEnumerable<Instrument> instruments)
    {
        var text = new StringBuilder("""
            # Metrics

            Generated from the code. At `/metrics` dots become underscores, a unit is appended to the name, and counters end
            in `_total`. With `telemetry.otlp` they go to a collector under the names given here.

            | instrument | kind | unit | meaning |
            |---|---|---|---|

            """);
        foreach (var instrument in instruments)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{instrument.Name}` | {Kind(instrument)} | {instrument.Unit} | {instrument.Description} |\n");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableGauge" or "Gauge" => "gauge",
        "UpDownCounter" or "ObservableUpDownCounter" => "level",
        "Histogram" => "histogram",
        _ => "counter",
    };

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IntegrityGate.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
