using System.CommandLine;
using System.Globalization;
using IntegrityGate.Configuration;
using IntegrityGate.Detection.Models;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Evaluating;
using IntegrityGate.Evaluating.Figures;
using IntegrityGate.Evaluating.Items;
using IntegrityGate.Evaluating.Reports;
using IntegrityGate.Media.Rates;
using Spectre.Console;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate eval</c>: how far a detector can be trusted, measured over labelled clips and pictures on the live path.</summary>
internal static class EvalCommand
{
    /// <summary>Rates of one run: 16. Each costs an encoder's run an item.</summary>
    private const int MaxRates = 16;

    public static Command Create()
    {
        var set = new Option<string[]>("--set") { Description = "A list (index.tsv: file, class, source, in_training), or a folder {ai,real}/[source/]file; may be repeated", HelpName = "FOLDER|LIST", Required = true, AllowMultipleArgumentsPerToken = true };
        var model = new Option<string?>("--model") { Description = "Name of the model pack [inspection.detector]", HelpName = "NAME" };
        var variant = new Option<string?>("--variant") { Description = "Weights: Auto, Fp32 or Int8 [inspection.variant]", HelpName = "NAME" };
        var rates = new Option<string?>("--rates") { Description = $"Sizes and rates, such as 720p@crf28,720p@2500k [{string.Join(',', EvaluationOptions.DefaultRates)}]", HelpName = "LIST" };
        var join = new Option<double>("--join") { Description = "Join clips of a source to streams of at least this length; 0 joins nothing", HelpName = "S" };
        var cascade = new Option<bool>("--cascade") { Description = "Score every item by the model's sentinel first, too, and put that beside all views" };
        var suggest = new Option<bool>("--suggest-levels") { Description = "Say which levels the set suggests for the budget" };
        var flagged = new Option<double>("--budget-flagged") { Description = "Share of real streams that may ever be flagged", HelpName = "SHARE", DefaultValueFactory = _ => 0.05 };
        var labels = new Option<double>("--budget-labels") { Description = "False labels accepted in 1,000 stream-hours", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Seed of the intervals", HelpName = "N", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int>("--jobs") { Description = "Items under way at once", HelpName = "N", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) };
        var output = new Option<string?>("--out") { Description = "Write evaluation.json, figures.csv, items.csv and report.html into this folder", HelpName = "DIR" };
        var config = new Option<string?>("--config", "-c") { Description = "Settings file (YAML)", HelpName = "FILE" };
        var models = new Option<string?>("--models") { Description = "Folder of the model packs [models]", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("eval", "Measure a detector over labelled clips and pictures, through H.264 and the live path. Ends with 0 (done; agrees with the model's card), 3 (disagrees with it), 2 (cannot be run).")
            { set, model, variant, rates, join, cascade, suggest, flagged, labels, seed, jobs, output, config, models, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var settings = new Dictionary<string, string?>();
                foreach (var (option, key) in ((Option<string?>, string)[])[(model, "detector"), (variant, "variant"), (models, "models")])
                {
                    if (parsed.GetValue(option) is { } value)
                        settings["inspection:" + key] = value;
                }

                var options = new EvaluationOptions
                {
                    Sets = parsed.GetRequiredValue(set),
                    Rates = parsed.GetValue(rates) is { } text ? ReadRates(text) : EvaluationOptions.DefaultRates,
                    Join = TimeSpan.FromSeconds(InRange(parsed.GetValue(join), 0, 86_400, "--join")),
                    Cascade = parsed.GetValue(cascade),
                    Seed = parsed.GetValue(seed),
                    Jobs = (int)InRange(parsed.GetValue(jobs), 1, 64, "--jobs"),
                    Budget = parsed.GetValue(suggest)
                        ? new LevelBudget(InRange(parsed.GetValue(flagged), 0, 1, "--budget-flagged"), InRange(parsed.GetValue(labels), 0, 1e6, "--budget-labels"))
                        : null,
                };
                var quiet = parsed.GetValue(json);
                var gate = GateOptionsReader.Read(GateConfiguration.Build(parsed.GetValue(config), settings));
                if (parsed.GetValue(output) is { } folder)
                    Directory.CreateDirectory(folder); // before hours of work, not after
                var evaluation = await MeasureAsync(gate, options, quiet, cancellationToken);
                if (parsed.GetValue(output) is { } into)
                    await WriteAsync(evaluation, into, cancellationToken);
                if (quiet)
                    Console.Out.WriteLine(JsonReport.Of(evaluation));
                else
                    ConsoleReport.Print(evaluation, Terminal());
                return evaluation.Card?.Agrees == false ? ExitCode.Violations : ExitCode.Ok;
            }
            catch (Exception exception) when (exception is FormatException or ConfigurationException or EvaluationSetException or ModelPackException or RulePackException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    /// <summary>Reads a list of rates.</summary>
    /// <exception cref="FormatException">One is wrong, named twice, or there are too many.</exception>
    public static IReadOnlyList<StreamRate> ReadRates(string text)
    {
        var rates = new List<StreamRate>();
        foreach (var part in text.Split(','))
        {
            if (!StreamRate.TryParse(part.Trim(), out var rate, out var reason))
                throw new FormatException($"--rates: {reason}");
            if (rates.Contains(rate))
                throw new FormatException($"--rates: {rate} is named twice");
            rates.Add(rate);
        }

        return rates.Count <= MaxRates ? rates : throw new FormatException($"--rates: names {rates.Count} rates, more than {MaxRates}");
    }

    // In a file or a pipe nothing limits a line; the default of 80 would break every cell.
    private static IAnsiConsole Terminal()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 220;
        return AnsiConsole.Console;
    }

    private static double InRange(double value, double least, double most, string name) => value >= least && value <= most
        ? value
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is not from {least} to {most}"));

    private static Task<Evaluation> MeasureAsync(GateOptions gate, EvaluationOptions options, bool quiet, CancellationToken cancellationToken) =>
        ProgressBar.Create(quiet).StartAsync(context =>
        {
            var bar = context.AddTask("measuring", maxValue: 1);
            return EvaluationRun.RunAsync(gate, options, share => bar.Value = share, cancellationToken);
        });

    private static async Task WriteAsync(Evaluation evaluation, string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, text) in ((string, string)[])
                 [
                     ("evaluation.json", JsonReport.Of(evaluation)), ("figures.csv", CsvReport.Figures(evaluation)),
                     ("items.csv", CsvReport.Items(evaluation)), ("report.html", HtmlReport.Of(evaluation)),
                 ])
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
    }
}
