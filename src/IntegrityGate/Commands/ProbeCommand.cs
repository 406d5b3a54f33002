using System.CommandLine;
using IntegrityGate.Core.Streams;
using IntegrityGate.Media.Rtmp;
using IntegrityGate.Probing;
using Spectre.Console;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate probe</c>: publishes a test picture and says what came of it, step by step.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "Where to publish: rtmp://host[:port]/app/stream or rtmps://…" };
        var play = new Option<string?>("--play") { Description = "Where the picture should come out: rtmp://host[:port]/app/stream", HelpName = "URL" };
        var seconds = new Option<double>("--seconds") { Description = "How long to publish", HelpName = "S", DefaultValueFactory = _ => 5 };
        var timeout = new Option<double>("--timeout") { Description = "How long any one step may take", HelpName = "S", DefaultValueFactory = _ => 10 };
        var pin = new Option<string?>("--pin") { Description = "SHA-256 of the one server certificate to accept", HelpName = "HEX" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("probe", "Publish a test picture to an RTMP server, or to a gate. Ends with 0 (it works), 3 (it does not) or 2 (cannot be tried).")
            { url, play, seconds, timeout, pin, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var (target, key) = Split(parsed.GetRequiredValue(url), "URL");
                var from = parsed.GetValue(play) is { } text ? Split(text, "--play") : ((RtmpTarget, StreamKey)?)null;
                var request = new ProbeRequest(
                    target, key, from?.Item1, from?.Item2, Span(parsed.GetValue(seconds), "--seconds"), Span(parsed.GetValue(timeout), "--timeout"), Pin(parsed.GetValue(pin)));
                var report = await new Probe(request, TimeProvider.System).RunAsync(cancellationToken);
                if (parsed.GetValue(json))
                    Console.Out.WriteLine(report.ToJson());
                else
                    report.Print(AnsiConsole.Console);
                return report.IsOk ? ExitCode.Ok : ExitCode.Violations;
            }
            catch (Exception exception) when (exception is FormatException or IOException)
            {
                Console.Error.WriteLine(exception.Message);
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    // The stream name is what follows the last slash before the query, as encoders take a URL apart.
    private static (RtmpTarget Target, StreamKey Key) Split(string url, string name)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var slash = (query < 0 ? url : url[..query]).LastIndexOf('/');
        var key = slash < 0 ? "" : url[(slash + 1)..];
        if (key.Length == 0 || key[0] == '?')
            throw new FormatException($"{name}: an address to publish to or play from ends with a stream name: rtmp://host/app/stream");
        return RtmpTarget.TryParse(url[..slash], out var target, out var error) ? (target, new StreamKey(key)) : throw new FormatException($"{name}: {error}");
    }

    private static TimeSpan Span(double seconds, string name) =>
        seconds is > 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : throw new FormatException($"{name}: {seconds} is not between 0 and 3600 seconds");

    private static string? Pin(string? pin) => pin is null || (pin.Replace(":", "", StringComparison.Ordinal) is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit))
        ? pin
        : throw new FormatException("--pin: is not a SHA-256 of 64 hexadecimal digits");
}
