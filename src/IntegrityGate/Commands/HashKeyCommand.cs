using System.CommandLine;
using IntegrityGate.Access;

namespace IntegrityGate.Commands;

/// <summary><c>integritygate hash-key</c>: turns a stream key into what <c>access.keys</c> keeps of it.</summary>
internal static class HashKeyCommand
{
    // 1,024 characters: encoders' key fields take less.
    private const int MaxKeyLength = 1024;

    public static Command Create()
    {
        var command = new Command("hash-key", "Read a stream key from standard input and print its hash for access.keys");
        command.SetAction(_ =>
        {
            if (!Console.IsInputRedirected)
                Console.Error.Write("Stream key: ");
            return Run(Console.In, Console.Out, Console.Error);
        });
        return command;
    }

    /// <summary>One line in, one line out. The key is never an argument: those stand in the shell's history and in the process list.</summary>
    public static int Run(TextReader input, TextWriter output, TextWriter error)
    {
        var key = input.ReadLine() ?? "";
        if (key.Length is 0 or > MaxKeyLength)
        {
            error.WriteLine($"A stream key has 1 to {MaxKeyLength} characters, on one line.");
            return ExitCode.Unusable;
        }

        output.WriteLine(KeyHash.Create(key).Text);
        return ExitCode.Ok;
    }
}
