using System.CommandLine;
using IntegrityGate.Commands;
using IntegrityGate.Media.Ffmpeg;

ProcessFolder.Claim();

// The host drains streams on SIGTERM and Ctrl-C at its own pace; the parser must not cut it short.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await new RootCommand("IntegrityGate stands in front of live-stream servers and makes sure that AI-generated content is labelled.")
{
    ServeCommand.Create(),
    ScanCommand.Create(),
    EvalCommand.Create(),
    ExplainCommand.Create(),
    ProbeCommand.Create(),
    ConfigCommand.Create(),
    RulesCommand.Create(),
    HashKeyCommand.Create(),
}.Parse(args).InvokeAsync(invocation);
