using System.CommandLine;
using System.Globalization;
using IntegrityGate.Configuration;
using IntegrityGate.Enforcement.Rules;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate rules</c>: prints the schema of rule packs, or the packs in effect.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Print the schema of rule packs, or the packs in effect") { CreateSchema(), CreateShow() };

    private static Command CreateSchema()
    {
        var command = new Command("schema", "Print the JSON schema of rule packs (draft 2020-12)");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(RulePackSchema.Text());
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var config = new Option<string?>("--config", "-c") { Description = "Settings file (YAML)", HelpName = "FILE" };
        var pack = new Option<string?>("--pack") { Description = "Only this pack, whether it applies or not", HelpName = "ID" };
        var route = new Option<string?>("--route") { Description = "What applies to streams of this route [default]", HelpName = "NAME" };
        var day = new Option<string?>("--day") { Description = "The law of this day, yyyy-MM-dd [today, UTC]", HelpName = "DATE" };
        var command = new Command("show", "Print the rules in effect, and of each value whether it is the law's or the operator's") { config, pack, route, day };
        command.SetAction(parsed => Show(
            parsed.GetValue(config), parsed.GetValue(pack), parsed.GetValue(route) ?? Routing.StreamRoute.DefaultName, parsed.GetValue(day), TimeProvider.System, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Prints what is in effect.</summary>
    public static int Show(string? config, string? pack, string route, string? day, TimeProvider time, TextWriter output, TextWriter error)
    {
        try
        {
            var options = GateOptionsReader.Read(GateConfiguration.Build(config, new Dictionary<string, string?>()));
            var date = day is null ? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var taken = options.Routes.Routes.FirstOrDefault(one => one.Name == route)
                ?? throw new ConfigurationException([$"no route is called {route}; there are {string.Join(", ", options.Routes.Routes.Select(one => one.Name))}"]);
            var rules = taken.Rules;
            var library = RulePackLibrary.Load(rules.Folder.Length == 0 ? null : rules.Folder);
            if (pack is not null && !library.Packs.ContainsKey(pack))
                throw new ConfigurationException([$"no pack is called {pack}; there are {string.Join(", ", library.Packs.Keys.Order(StringComparer.Ordinal))}"]);
            var applying = library.Select(rules.Selection);
            var printer = new RulePackPrinter(library, date, output);
            if (pack is null)
                printer.Print(applying);
            else
                printer.Print(applying.FirstOrDefault(one => one.Id == pack) ?? library.Packs[pack]);
            return ExitCode.Ok;
        }
        catch (Exception exception) when (exception is ConfigurationException or RulePackException or FormatException)
        {
            error.WriteLine(exception.Message);
            return ExitCode.Unusable;
        }
    }
}
