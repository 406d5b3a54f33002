using System.CommandLine;
using IntegrityGate.Configuration;
using IntegrityGate.Detection.Models;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Media.Decoding;
using IntegrityGate.Scanning;
using Spectre.Console;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate scan</c>: the looking and judging of a live stream over a file, as fast as it goes.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("FILE|URL") { Description = "Anything that ffmpeg reads" };
        var config = new Option<string?>("--config", "-c") { Description = "Settings file (YAML)", HelpName = "FILE" };
        var models = new Option<string?>("--models") { Description = "Folder of the model packs [models]", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var evidence = new Option<string?>("--evidence") { Description = "Keep the frames that findings rest on in this folder", HelpName = "DIR" };
        var command = new Command("scan", "Look into a file or URL. Ends with 0 (clean), 3 (violations) or 2 (cannot read).") { input, config, models, json, evidence };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var flags = new Dictionary<string, string?>();
                if (parsed.GetValue(models) is { } folder)
                    flags["inspection:models"] = folder;
                var options = GateOptionsReader.Read(GateConfiguration.Build(parsed.GetValue(config), flags));
                var quiet = parsed.GetValue(json);
                using var scanner = Scanner.Create(options, parsed.GetValue(evidence));
                var report = await ProgressBar.Create(quiet).StartAsync(context => scanner.RunAsync(parsed.GetRequiredValue(input), context, cancellationToken));
                if (quiet)
                    Console.Out.WriteLine(report.ToJson());
                else
                    report.Print(AnsiConsole.Console);
                return report.HasViolations ? ExitCode.Violations : ExitCode.Ok;
            }
            catch (MediaUnreadableException exception)
            {
                Console.Error.WriteLine($"{parsed.GetRequiredValue(input)}: {exception.Message}");
                return ExitCode.Unusable;
            }
            catch (Exception exception) when (exception is ConfigurationException or ModelPackException or RulePackException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return ExitCode.Unusable;
            }
        });
        return command;
    }
}
