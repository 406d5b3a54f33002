using System.CommandLine;
using System.Globalization;
using IntegrityGate.Configuration;
using IntegrityGate.Detection.Models;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Explaining;
using IntegrityGate.Media.Decoding;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate explain</c>: one page for one moment of a clip: frame, views, scores, text, running mean, verdict.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("CLIP") { Description = "Anything that ffmpeg reads" };
        var at = new Option<string>("--at") { Description = "The moment: seconds (12.3s), or 1:02:03.5", HelpName = "TIME", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The page to write", HelpName = "FILE", Required = true };
        var config = new Option<string?>("--config", "-c") { Description = "Settings file (YAML)", HelpName = "FILE" };
        var models = new Option<string?>("--models") { Description = "Folder of the model packs [models]", HelpName = "FOLDER" };
        var command = new Command("explain", "Write one page that shows why the gate holds what it holds at one moment of a clip. Ends with 0, or 2 (cannot read).") { input, at, output, config, models };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var settings = new Dictionary<string, string?>();
                if (parsed.GetValue(models) is { } folder)
                    settings["inspection:models"] = folder;
                var moment = ReadTime(parsed.GetRequiredValue(at));
                using var explainer = Explainer.Create(GateOptionsReader.Read(GateConfiguration.Build(parsed.GetValue(config), settings)));
                var page = await ProgressBar.Create(quiet: false).StartAsync(async context =>
                {
                    var bar = context.AddTask("looking", maxValue: 1);
                    return ExplanationPage.Of(await explainer.RunAsync(parsed.GetRequiredValue(input), moment, share => bar.Value = share, cancellationToken));
                });
                await File.WriteAllTextAsync(parsed.GetRequiredValue(output), page, cancellationToken);
                return ExitCode.Ok;
            }
            catch (MediaUnreadableException exception)
            {
                Console.Error.WriteLine($"{parsed.GetRequiredValue(input)}: {exception.Message}");
                return ExitCode.Unusable;
            }
            catch (Exception exception) when (exception is FormatException or ConfigurationException or ModelPackException or RulePackException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    /// <summary>Reads a moment: seconds with or without an <c>s</c>, or hours, minutes and seconds.</summary>
    /// <exception cref="FormatException">It is neither, or negative, or beyond 24 hours.</exception>
    public static TimeSpan ReadTime(string text)
    {
        var parts = (text.EndsWith('s') ? text[..^1] : text).Split(':');
        double seconds = 0;
        foreach (var part in parts)
        {
            if (parts.Length > 3 || !double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                throw new FormatException($"--at: '{text}' is neither seconds (12.3s) nor a time (1:02:03.5)");
            seconds = (seconds * 60) + value;
        }

        return seconds <= 86_400 ? TimeSpan.FromSeconds(seconds) : throw new FormatException($"--at: '{text}' is beyond 24 hours");
    }
}
