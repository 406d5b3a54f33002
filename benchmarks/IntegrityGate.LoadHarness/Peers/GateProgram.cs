namespace IntegrityGate.LoadHarness.Peers;

/// <summary>Where the built gate and its models lie.</summary>
/// <param name="Assembly"><c>integritygate.dll</c>.</param>
/// <param name="Models">Folder of the model packs.</param>
internal sealed record GateProgram(string Assembly, string Models)
{
    /// <summary>Finds them in the repository that the harness was built in.</summary>
    /// <exception cref="FileNotFoundException">The gate is not built in Release.</exception>
    public static GateProgram Find(string? assembly)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "IntegrityGate.sln")))
            root = root.Parent;
        var folder = root?.FullName ?? Environment.CurrentDirectory;
        assembly ??= Path.Combine(folder, "src", "IntegrityGate", "bin", "Release", "net10.0", "integritygate.dll");
        if (!File.Exists(assembly))
            throw new FileNotFoundException($"{assembly} is not there: build src/IntegrityGate in Release, or name the file with --gate.", assembly);
        return new GateProgram(assembly, Path.Combine(folder, "models"));
    }
}
