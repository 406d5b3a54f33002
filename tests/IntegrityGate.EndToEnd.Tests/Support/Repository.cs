namespace IntegrityGate.EndToEnd.Tests.Support;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder with third-party clips beside the repository; null where it is absent.</summary>
    public static string? Shared { get; } =
        Path.GetFullPath(Path.Combine(Root, "..", "shared")) is var folder && Directory.Exists(Path.Combine(folder, "media")) ? folder : null;

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IntegrityGate.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }
}
