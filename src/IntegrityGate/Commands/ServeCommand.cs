using System.CommandLine;
using IntegrityGate.Configuration;
using IntegrityGate.Detection.Models;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Hosting;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate serve</c>: runs the gate until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config", "-c") { Description = "Settings file (YAML); needs only the lines that differ from the defaults", HelpName = "FILE" };
        Dictionary<Option<string?>, string> settings = new()
        {
            [new("--rtmp-port") { Description = "Port for publishing and RTMP play [1935]", HelpName = "PORT" }] = "rtmp:port",
            [new("--http-port") { Description = "Port of the page, REST, HTTP-FLV, health and metrics [8080]", HelpName = "PORT" }] = "http:port",
            [new("--grpc-port") { Description = "Port of the violation feed [8081]", HelpName = "PORT" }] = "grpc:port",
            [new("--upstream") { Description = "Server behind the gate, rtmp://host[:port]/app; without it streams are kept in the gate", HelpName = "URL" }] = "upstream:url",
            [new("--data") { Description = "Folder of the journal and the evidence [data]", HelpName = "FOLDER" }] = "data:folder",
            [new("--models") { Description = "Folder of the model packs [models]", HelpName = "FOLDER" }] = "inspection:models",
        };
        var command = new Command("serve", "Run the gate") { config };
        foreach (var option in settings.Keys)
            command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var flags = settings.Where(s => parsed.GetValue(s.Key) is not null).ToDictionary(s => s.Value, s => parsed.GetValue(s.Key));
            try
            {
                return await GateHost.RunAsync(GateConfiguration.Build(parsed.GetValue(config), flags), cancellationToken);
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
