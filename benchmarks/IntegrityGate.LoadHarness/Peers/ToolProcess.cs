using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace IntegrityGate.LoadHarness.Peers;

/// <summary>A program that the harness runs, with the last of what it said.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private const int KeptCharacters = 64 * 1024;

    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _said = new();

    private ToolProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    /// <summary>Process id.</summary>
    public int Pid => _process.Id;

    /// <summary>The end of its output and errors together.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="core">The one core it may run on, or null for all.</param>
    /// <param name="listensToOutput">False: its output goes to whoever reads <see cref="Output"/>.</param>
    public static ToolProcess Start(string program, IEnumerable<string> arguments, int? core = null, bool listensToOutput = true)
    {
        // taskset replaces itself with the program, so that the process id is the program's own.
        var pin = core is { } number ? (string[])["-c", number.ToString(CultureInfo.InvariantCulture), program] : [];
        var start = new ProcessStartInfo(core is null ? program : "taskset", [.. pin, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var tool = new ToolProcess(Process.Start(start)!, program);
        tool._process.ErrorDataReceived += (_, line) => tool.Keep(line.Data);
        tool._process.BeginErrorReadLine();
        if (listensToOutput)
        {
            tool._process.OutputDataReceived += (_, line) => tool.Keep(line.Data);
            tool._process.BeginOutputReadLine();
        }

        return tool;
    }

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Its standard output, when it was started not to be listened to.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; its words are in the message.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        await using var tool = Start(program, arguments);
        await tool._process.WaitForExitAsync(ct);
        if (tool._process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {tool.Said}");
    }

    /// <summary>Waits until something holds.</summary>
    /// <param name="what">Its name, for the message.</param>
    /// <param name="holds">Looks.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidOperationException">The program ended before; its words are in the message.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task WaitForAsync(string what, Func<bool> holds, TimeSpan limit, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{_name} ended before {what}: {Said}");
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"{_name}: no {what} within {limit}: {Said}");
            await Task.Delay(50, ct);
        }
    }

    /// <summary>Ends it and its children.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.AppendLine(line);
            if (_said.Length > KeptCharacters)
                _said.Remove(0, _said.Length - KeptCharacters);
        }
    }
}
