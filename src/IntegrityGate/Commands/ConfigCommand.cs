using System.CommandLine;
using IntegrityGate.Configuration;
using IntegrityGate.Enforcement.Rules;
using IntegrityGate.Hosting;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate config</c>: prints the commented defaults, or checks a file.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var check = new Option<string?>("--check") { Description = "Check this file instead of printing the defaults", HelpName = "FILE" };
        var command = new Command("config", "Print every setting with its default and meaning, or check a settings file") { check };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(check) is not { } file)
            {
                using var reader = new StreamReader(GateConfiguration.OpenDefaults());
                Console.Out.Write(reader.ReadToEnd());
                return ExitCode.Ok;
            }

            try
            {
                LiveOptions.Settings.Of(GateOptionsReader.Read(GateConfiguration.Build(file, new Dictionary<string, string?>())), TimeProvider.System);
                Console.Out.WriteLine($"{file}: ok");
                return ExitCode.Ok;
            }
            catch (Exception exception) when (exception is ConfigurationException or RulePackException)
            {
                Console.Error.WriteLine(exception.Message);
                return ExitCode.Unusable;
            }
        });
        return command;
    }
}
