using System.Diagnostics;
using System.Text;

namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Runs a real program to its end, or beside the test until it is disposed.</summary>
internal sealed class Tool : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private bool _isDisposed;

    private Tool(Process process)
    {
        Process = process;
        process.OutputDataReceived += (_, e) => Append(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(_errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Process Process { get; }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    public static Tool Start(string program, IEnumerable<string> arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new Tool(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Runs to the end; fails the test when it takes too long or its exit code is not zero.</summary>
    public static async Task<Tool> RunAsync(string program, params string[] arguments)
    {
        var tool = await RunToEndAsync(program, arguments);
        Assert.True(tool.Process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {tool.Process.ExitCode}:\n{tool.Errors}\n{tool.Output}");
        return tool;
    }

    /// <summary>Runs to the end, whatever the exit code.</summary>
    public static async Task<Tool> RunToEndAsync(string program, params string[] arguments)
    {
        var tool = Start(program, arguments);
        tool.Process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await tool.Process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            tool.Process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within two minutes:\n{tool.Errors}");
        }

        return tool;
    }

    /// <summary>Ends it; may be called twice, so that a test ends a program before its scope does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    private static void Append(StringBuilder to, string? line)
    {
        if (line is null)
            return;
        lock (to)
            to.AppendLine(line);
    }

    private static string Text(StringBuilder from)
    {
        lock (from)
            return from.ToString();
    }
}
