using System.CommandLine;
using IntegrityGate.Commands;

return await new RootCommand("IntegrityGate stands in front of live-stream servers and makes sure that AI-generated content is labelled.")
{
    ServeCommand.Create(),
    ScanCommand.Create(),
    ConfigCommand.Create(),
    HashKeyCommand.Create(),
}.Parse(args).InvokeAsync();
